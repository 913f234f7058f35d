// The interface between winograd.cc and its kernels, which are compiled once for each set of instructions.
#pragma once

#include <cstdint>

namespace semblant {

/** Images (batch, height, width, channels) in memory; kernels of 3 x 3, padding 1, stride 1, so that outputs are as large as images. */
struct Images {
  int64_t batch;
  int64_t height;
  int64_t width;
};

/** A run of tiles, numbered through all images, and where their transforms lie: [product][block of channels][tile][channel in it]. */
struct Tiles {
  int64_t from;
  int64_t count;
  int64_t room;    // tiles that a block of channels has room for
  int64_t stride;  // floats between two products
};

/** What is done to outputs before they are written: a bias for each filter and an addend of their shape, where there are such, and ReLU. */
struct After {
  const float* bias = nullptr;
  const float* addend = nullptr;
  bool relu = false;
};

struct WinogradKernels {
  int outputs;   // of a tile, in one direction
  int products;  // of a tile
  int rows;      // tiles are computed so many at a time: `room` is a multiple of it

  /** Bᵀ d B of the images' tiles. */
  void (*images)(const float* x, const Images& images, int64_t channels, const Tiles& tiles, float* to);
  /** A dY Aᵀ of the outputs' gradient. */
  void (*gradients)(const float* dy, const Images& images, int64_t filters, const Tiles& tiles, float* to);
  /** Aᵀ m A: the outputs. */
  void (*outputs_of)(const float* from, const Images& images, int64_t filters, const Tiles& tiles, const After& after, float* y);
  /** G g Gᵀ of filters [filter][3][3][channel], as [product][block of filters][channel][filter in it]; for filters from..to. */
  void (*filters)(const float* w, int64_t channels, int64_t filters, int64_t from, int64_t to, float* u);
  /** The same of filters turned by half a turn, as [product][block of channels][filter][channel in it]. */
  void (*turned)(const float* w, int64_t channels, int64_t filters, int64_t from, int64_t to, float* u);
  /** One product of each pair of tile and filter: summed over channels. `u` begins at this product. */
  void (*multiply)(const float* v, const float* u, float* m, int64_t channels, int64_t filters, const Tiles& tiles);
  /** One product of each pair of channel and filter: summed over tiles, as [block of channels][filter][channel in it]. */
  void (*correlate)(const float* v, const float* d, float* du, int64_t channels, int64_t filters, const Tiles& tiles, bool add);
  /** Gᵀ du G: the filters' gradient; for filters from..to. */
  void (*filter_gradients)(const float* du, int64_t channels, int64_t filters, int64_t from, int64_t to, float* dw);
};

extern const WinogradKernels winograd_plain_two, winograd_plain_three;
extern const WinogradKernels winograd_avx2_two, winograd_avx2_three, winograd_avx512_two, winograd_avx512_three;

/** The kernels for this processor with tiles of 2 x 2 or 3 x 3 outputs. */
const WinogradKernels* winograd_kernels(int outputs);

}  // namespace semblant
