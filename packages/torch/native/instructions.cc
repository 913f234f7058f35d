// The variables by which libtorch and oneDNN are held to older instructions hold our kernels, too.
#include "instructions.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#ifdef SEMBLANT_AMX
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "half-kernels.h"
#include "normalization-kernels.h"
#include "winograd-kernels.h"

namespace semblant {

#ifdef SEMBLANT_X86
namespace {

#ifdef SEMBLANT_AMX
/** Whether there are tiles, products of bfloat16 in them and in vectors, and the system lets this process have them. */
bool has_amx() {
  constexpr unsigned bfloat16_tiles = 1U << 22, tiles = 1U << 24;  // of edx
  constexpr unsigned bfloat16_vectors = 1U << 5;                   // of eax, on the second page
  constexpr long ask = 0x1023, tile_data = 18;                     // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA
  unsigned a = 0, b = 0, c = 0, d = 0, more = 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & bfloat16_tiles) == 0 || (d & tiles) == 0) return false;
  if (!__get_cpuid_count(7, 1, &more, &b, &c, &d) || (more & bfloat16_vectors) == 0) return false;
  return syscall(SYS_arch_prctl, ask, tile_data) == 0;
}
#else
bool has_amx() { return false; }
#endif

Instructions of_processor() {
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return Instructions::plain;
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd");
  if (!wide) return Instructions::avx2;
  return has_amx() ? Instructions::amx : Instructions::avx512;
}

Instructions allowed() {
  for (const char* name : {"ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"}) {
    const char* asked = std::getenv(name);
    if (asked == nullptr) continue;
    for (const char* plain : {"default", "SSE41", "AVX"}) {
      if (std::strcmp(asked, plain) == 0) return Instructions::plain;
    }
    for (const char* narrow : {"avx2", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2"}) {
      if (std::strcmp(asked, narrow) == 0) return Instructions::avx2;
    }
    for (const char* wide : {"AVX512_CORE", "AVX512_CORE_VNNI", "AVX512_CORE_BF16", "AVX512_CORE_FP16"}) {
      if (std::strcmp(asked, wide) == 0) return Instructions::avx512;
    }
  }
  return Instructions::amx;
}

}  // namespace

Instructions instructions() {
  static const Instructions found = std::min(of_processor(), allowed());
  return found;
}

const WinogradKernels* winograd_kernels(int outputs) {
  switch (instructions()) {
    case Instructions::amx:
    case Instructions::avx512: return outputs == 2 ? &winograd_avx512_two : &winograd_avx512_three;
    case Instructions::avx2: return outputs == 2 ? &winograd_avx2_two : &winograd_avx2_three;
    default: return outputs == 2 ? &winograd_plain_two : &winograd_plain_three;
  }
}
#else
Instructions instructions() { return Instructions::plain; }
const WinogradKernels* winograd_kernels(int outputs) { return outputs == 2 ? &winograd_plain_two : &winograd_plain_three; }
#endif

#ifdef SEMBLANT_X86
template <>
const NormalizationKernels<float>* normalization_kernels() {
  if (instructions() == Instructions::plain) return nullptr;
  return instructions() == Instructions::avx2 ? &normalization_avx2_float : &normalization_avx512_float;
}
template <>
const NormalizationKernels<uint16_t>* normalization_kernels() {
  if (instructions() == Instructions::plain) return nullptr;
  return instructions() == Instructions::avx2 ? &normalization_avx2_half : &normalization_avx512_half;
}
#else
template <>
const NormalizationKernels<float>* normalization_kernels() { return nullptr; }
template <>
const NormalizationKernels<uint16_t>* normalization_kernels() { return nullptr; }
#endif

const HalfKernels* half_kernels() {
#ifdef SEMBLANT_AMX
  return instructions() == Instructions::amx ? &half_amx : nullptr;
#else
  return nullptr;
#endif
}

}  // namespace semblant
