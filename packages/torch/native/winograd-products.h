// The matrix products between transforms: each block of results stays in registers while a sum runs.
#pragma once

#include "lanes.h"
#include "winograd-kernels.h"

namespace semblant {
namespace {

#if defined(__AVX512F__)
constexpr int ROWS = 12;       // tiles in registers at once, of 32 registers
constexpr int SIDE_BY_SIDE = 2;  // blocks of filters
#elif !defined(__AVX2__)
constexpr int ROWS = 3;
constexpr int SIDE_BY_SIDE = 1;
#else
constexpr int ROWS = 6;  // of 16 registers
constexpr int SIDE_BY_SIDE = 1;
#endif

/** ROWS tiles times `blocks` blocks of filters. */
template <int blocks>
inline void multiply_block(const float* v, const float* u, float* m, int64_t channels, int64_t room) {
  constexpr int width = blocks * PER_BLOCK;
  Lanes sums[ROWS][width] = {};
  for (int64_t block = 0; block < channels / BLOCK; block++) {
    const float* tile = v + block * room * BLOCK;
    for (int c = 0; c < BLOCK; c++) {
      Lanes filter[width];
      for (int j = 0; j < width; j++) filter[j] = load(u + (j / PER_BLOCK) * channels * BLOCK + (block * BLOCK + c) * BLOCK + j % PER_BLOCK * LANES);
#pragma GCC unroll 12
      for (int r = 0; r < ROWS; r++) {
        const float value = tile[r * BLOCK + c];
        for (int j = 0; j < width; j++) sums[r][j] += filter[j] * value;
      }
    }
  }
#pragma GCC unroll 12
  for (int r = 0; r < ROWS; r++) {
    for (int j = 0; j < width; j++) store(m + (j / PER_BLOCK) * room * BLOCK + r * BLOCK + j % PER_BLOCK * LANES, sums[r][j]);
  }
}

/** Rows of tiles.room that hold no tile are computed, too, of whatever lies there, and never read. */
void multiply(const float* v, const float* u, float* m, int64_t channels, int64_t filters, const Tiles& tiles) {
  const int64_t blocks = filters / BLOCK;
  for (int64_t k = 0; k < blocks; k += SIDE_BY_SIDE) {
    for (int64_t t = 0; t < tiles.count; t += ROWS) {
      const float* some = v + t * BLOCK;
      const float* panel = u + k * channels * BLOCK;
      float* to = m + (k * tiles.room + t) * BLOCK;
      if (k + SIDE_BY_SIDE <= blocks) multiply_block<SIDE_BY_SIDE>(some, panel, to, channels, tiles.room);
      else multiply_block<1>(some, panel, to, channels, tiles.room);
    }
  }
}

/** `rows` filters times a block of channels (or two), summed over tiles. */
template <int rows, int blocks>
inline void correlate_block(const float* v, const float* d, float* du, const Tiles& tiles, int64_t filters, bool add) {
  constexpr int width = blocks * PER_BLOCK;
  Lanes sums[rows][width] = {};
  for (int64_t t = 0; t < tiles.count; t++) {
    Lanes channel[width];
    for (int j = 0; j < width; j++) channel[j] = load(v + (j / PER_BLOCK) * tiles.room * BLOCK + t * BLOCK + j % PER_BLOCK * LANES);
#pragma GCC unroll 12
    for (int r = 0; r < rows; r++) {
      const float value = d[t * BLOCK + r];
      for (int j = 0; j < width; j++) sums[r][j] += channel[j] * value;
    }
  }
#pragma GCC unroll 12
  for (int r = 0; r < rows; r++) {
    for (int j = 0; j < width; j++) {
      float* at = du + (j / PER_BLOCK) * filters * BLOCK + r * BLOCK + j % PER_BLOCK * LANES;
      store(at, add ? sums[r][j] + load(at) : sums[r][j]);
    }
  }
}

template <int blocks>
inline void correlate_blocks(const float* v, const float* d, float* du, const Tiles& tiles, int64_t filters, bool add) {
#if defined(__AVX512F__)
  correlate_block<8, blocks>(v, d, du, tiles, filters, add);
  correlate_block<8, blocks>(v, d + 8, du + 8 * BLOCK, tiles, filters, add);
#else
  correlate_block<6, blocks>(v, d, du, tiles, filters, add);
  correlate_block<5, blocks>(v, d + 6, du + 6 * BLOCK, tiles, filters, add);
  correlate_block<5, blocks>(v, d + 11, du + 11 * BLOCK, tiles, filters, add);
#endif
}

void correlate(const float* v, const float* d, float* du, int64_t channels, int64_t filters, const Tiles& tiles, bool add) {
  for (int64_t k = 0; k < filters / BLOCK; k++) {
    const float* some = d + k * tiles.room * BLOCK;
    for (int64_t c = 0; c < channels / BLOCK; c += SIDE_BY_SIDE) {
      const float* panel = v + c * tiles.room * BLOCK;
      float* to = du + (c * filters + k * BLOCK) * BLOCK;
      if (c + SIDE_BY_SIDE <= channels / BLOCK) correlate_blocks<SIDE_BY_SIDE>(panel, some, to, tiles, filters, add);
      else correlate_blocks<1>(panel, some, to, tiles, filters, add);
    }
  }
}

/** All kernels for one size of tile. */
template <typename M>
constexpr WinogradKernels kernels_of() {
  return {M::outputs,
          M::size * M::size,
          ROWS,
          spread<ForImages<M>, M::outputs, 1>,
          spread<Transposed<ForOutputs<M>>, M::outputs, 0>,
          gather<ForOutputs<M>>,
          straight_filters<ForFilters<M>>,
          turned_filters<ForFilters<M>>,
          multiply,
          correlate,
          gradients_of_filters<Transposed<ForFilters<M>>>};
}

}  // namespace
}  // namespace semblant
