// What one kernel for convolutions of 3×3 offers. It is compiled once for each kind of processor, without libtorch's headers.
#pragma once

#include <cstdint>

namespace semblant {

/** A convolution of 3×3 at stride 1 with a margin of one, channels last. */
struct WinogradWork {
  int64_t images, height, width, channels, filters;
  const float* x;        // (images, height, width, channels)
  const float* weights;  // as pack() makes them
  const float* bias;     // (filters), or null
  const float* addend;   // of y's shape, added before the ReLU, or null
  bool relu;
  float* y;  // (images, height, width, filters)
};

struct WinogradKernel {
  /** Channels and filters have to be multiples of it. */
  int64_t lanes;
  int64_t (*packed_size)(int64_t channels, int64_t filters);
  /** Weights (filters, 3, 3, channels) turned and put where the products read them. */
  void (*pack)(const float* weights, int64_t channels, int64_t filters, float* packed);
  /** Tiles of 3×3 places that are worked on together. */
  int64_t (*block)(int64_t channels, int64_t filters);
  int64_t (*scratch_size)(int64_t channels, int64_t filters);
  /** Makes the tiles from `first` to before `last`, at most a block of them; `scratch` begins at a cache line. */
  void (*run)(const WinogradWork& work, int64_t first, int64_t last, float* scratch);
};

extern const WinogradKernel winograd_plain;
#ifdef SEMBLANT_X86_KERNELS
extern const WinogradKernel winograd_avx2;
extern const WinogradKernel winograd_avx512;
#endif

}  // namespace semblant
