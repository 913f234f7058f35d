// The variables by which libtorch and oneDNN are held to older instructions hold our kernels, too.
#include "instructions.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "winograd-kernels.h"

namespace semblant {

#ifdef SEMBLANT_X86
namespace {

Instructions of_processor() {
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return Instructions::plain;
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd");
  return wide ? Instructions::avx512 : Instructions::avx2;
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
  }
  return Instructions::avx512;
}

}  // namespace

Instructions instructions() {
  static const Instructions found = std::min(of_processor(), allowed());
  return found;
}

const WinogradKernels* winograd_kernels(int outputs) {
  switch (instructions()) {
    case Instructions::avx512: return outputs == 2 ? &winograd_avx512_two : &winograd_avx512_three;
    case Instructions::avx2: return outputs == 2 ? &winograd_avx2_two : &winograd_avx2_three;
    default: return outputs == 2 ? &winograd_plain_two : &winograd_plain_three;
  }
}
#else
Instructions instructions() { return Instructions::plain; }
const WinogradKernels* winograd_kernels(int outputs) { return outputs == 2 ? &winograd_plain_two : &winograd_plain_three; }
#endif

}  // namespace semblant
