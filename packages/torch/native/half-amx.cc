// Products in bfloat16 by AMX: tiles of 16 rows of 64 bytes, sums in float32. Channels and filters come in thirty-twos.
#include <immintrin.h>

#include "half-kernels.h"

namespace semblant {
namespace {

constexpr int64_t SIDE = 16;       // rows of a tile, and columns of a sum
constexpr int64_t DEPTH = 32;      // numbers that a tile sums over
constexpr int64_t TILE = 512;      // halves in a tile
constexpr int64_t STRIP = 2 * SIDE;  // rows and columns that are worked on at once

struct alignas(64) Configuration {
  uint8_t palette = 1;
  uint8_t start = 0;
  uint8_t reserved[14] = {};
  uint16_t bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};

void begin() {
  static const Configuration all;
  _tile_loadconfig(&all);
}
void end() { _tile_release(); }

alignas(64) const Half zeros[DEPTH] = {};

inline __m512i halves(const float* from) {
  return (__m512i)_mm512_cvtne2ps_pbh(_mm512_loadu_ps(from + 16), _mm512_loadu_ps(from));
}

/** Numbers 0, 1, 2, ... of two rows, alternating: the first or the second half of them. */
inline __m512i alternating(__m512i first, __m512i second, bool upper) {
  alignas(64) static const uint16_t low[32] = {0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38, 7, 39, 8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14, 46, 15, 47};
  const __m512i order = _mm512_load_si512(low);
  return _mm512_permutex2var_epi16(first, upper ? _mm512_add_epi16(order, _mm512_set1_epi16(16)) : order, second);
}

/** [block of 16 filters][32 of the depth][pair][filter][2]; the depth is [place][channel]. */
void forth(const float* w, int64_t places, int64_t channels, int64_t, int64_t from, int64_t to, Half* packed) {
  const int64_t depth = places * channels;
  for (int64_t block = from / SIDE; block < to / SIDE; block++) {
    for (int64_t step = 0; step < depth / DEPTH; step++) {
      uint32_t* tile = reinterpret_cast<uint32_t*>(packed + (block * (depth / DEPTH) + step) * TILE);
      for (int64_t filter = 0; filter < SIDE; filter++) {
        alignas(64) uint32_t pairs[16];
        _mm512_store_si512(pairs, halves(w + (block * SIDE + filter) * depth + step * DEPTH));
        for (int64_t pair = 0; pair < 16; pair++) tile[pair * SIDE + filter] = pairs[pair];
      }
    }
  }
}

/** [block of 16 channels][32 of the depth][pair][channel][2]; the depth is [place][filter]. */
void back(const float* w, int64_t places, int64_t channels, int64_t filters, int64_t from, int64_t to, Half* packed) {
  const int64_t steps = places * filters / DEPTH;
  for (int64_t filter = from; filter < to; filter += 2) {
    for (int64_t place = 0; place < places; place++) {
      const int64_t step = (place * filters + filter) / DEPTH;
      const int64_t pair = filter % DEPTH / 2;
      const float* row = w + (filter * places + place) * channels;
      for (int64_t channel = 0; channel < channels; channel += DEPTH) {
        const __m512i first = halves(row + channel);
        const __m512i second = halves(row + places * channels + channel);
        Half* at = packed + (channel / SIDE * steps + step) * TILE + pair * DEPTH;
        _mm512_storeu_si512(at, alternating(first, second, false));
        _mm512_storeu_si512(at + steps * TILE, alternating(first, second, true));
      }
    }
  }
}

constexpr int64_t most_places = 49;

/** Where in the source each place of the kernel lies for one target; how far to step from channel to channel: not at all outside. */
inline void find(const Half* source, const Window& w, int64_t channels, int64_t target, const Half** found, int64_t* steps) {
  const int64_t y = target / w.across % w.down;
  const int64_t x = target % w.across;
  const Half* image = source + target / (w.across * w.down) * w.height * w.width * channels;
  for (int64_t i = 0; i < w.kernel; i++) {
    int64_t row = w.back ? y + w.padding - i : y * w.stride - w.padding + i;
    bool rows = row >= 0;
    if (w.back) {
      rows = rows && row % w.stride == 0;
      row /= w.stride;
    }
    rows = rows && row < w.height;
    for (int64_t j = 0; j < w.kernel; j++) {
      int64_t column = w.back ? x + w.padding - j : x * w.stride - w.padding + j;
      bool inside = rows && column >= 0;
      if (w.back) {
        inside = inside && column % w.stride == 0;
        column /= w.stride;
      }
      inside = inside && column < w.width;
      found[i * w.kernel + j] = inside ? image + (row * w.width + column) * channels : zeros;
      steps[i * w.kernel + j] = inside ? 1 : 0;
    }
  }
}

void gather(const Half* source, const Window& window, int64_t channels, int64_t from, int64_t count, Half* rows) {
  const int64_t places = window.kernel * window.kernel;
  const Half* found[most_places];
  int64_t steps[most_places];
  for (int64_t t = 0; t < count; t++) {
    find(source, window, channels, from + t, found, steps);
    for (int64_t place = 0; place < places; place++) {
      for (int64_t c = 0; c < channels; c += DEPTH) {
        _mm512_storeu_si512(rows + c, _mm512_loadu_si512(found[place] + c * steps[place]));
      }
      rows += channels;
    }
  }
}

/** [32 targets][block of 16 of the depth][pair of targets][16 of the depth][2] */
void gather_pairs(const Half* source, const Window& window, int64_t channels, int64_t from, int64_t count, int64_t last, Half* pairs) {
  const int64_t places = window.kernel * window.kernel;
  const int64_t depth = places * channels;
  const Half* found[2][most_places];
  int64_t steps[2][most_places];
  for (int64_t t = 0; t < count; t += 2) {
    for (int64_t k = 0; k < 2; k++) {
      if (from + t + k < last) find(source, window, channels, from + t + k, found[k], steps[k]);
      else for (int64_t place = 0; place < places; place++) found[k][place] = zeros, steps[k][place] = 0;
    }
    Half* at = pairs + t / DEPTH * depth * DEPTH + t % DEPTH / 2 * DEPTH;
    for (int64_t place = 0; place < places; place++) {
      for (int64_t c = 0; c < channels; c += DEPTH) {
        const __m512i first = _mm512_loadu_si512(found[0][place] + c * steps[0][place]);
        const __m512i second = _mm512_loadu_si512(found[1][place] + c * steps[1][place]);
        Half* to = at + (place * channels + c) / SIDE * TILE;
        _mm512_storeu_si512(to, alternating(first, second, false));
        _mm512_storeu_si512(to + TILE, alternating(first, second, true));
      }
    }
  }
}

void turn(const Half* source, int64_t channels, int64_t count, int64_t room, Half* columns) {
  for (int64_t c = 0; c < channels; c += DEPTH) {
    for (int64_t t = 0; t < room; t += DEPTH) {
      Half block[DEPTH][DEPTH];
      for (int64_t i = 0; i < DEPTH; i++) {
        _mm512_storeu_si512(block[i], t + i < count ? _mm512_loadu_si512(source + (t + i) * channels + c) : _mm512_setzero_si512());
      }
      for (int64_t k = 0; k < DEPTH; k++) {
        Half line[DEPTH];
        for (int64_t i = 0; i < DEPTH; i++) line[i] = block[i][k];
        _mm512_storeu_si512(columns + (c + k) * room + t, _mm512_loadu_si512(line));
      }
    }
  }
}

/** The four sums of a strip. */
inline void clear() {
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
}
inline void step(const Half* a, int64_t a_stride, int64_t a_second, const Half* b, int64_t b_second) {
  _tile_loadd(4, a, a_stride * 2);
  _tile_loadd(6, b, 64);
  _tile_loadd(5, a + a_second, a_stride * 2);
  _tile_loadd(7, b + b_second, 64);
  _tile_dpbf16ps(0, 4, 6);
  _tile_dpbf16ps(1, 4, 7);
  _tile_dpbf16ps(2, 5, 6);
  _tile_dpbf16ps(3, 5, 7);
}

void multiply(const Half* rows, const Half* packed, int64_t depth, int64_t filters, int64_t count, Half* target) {
  alignas(64) float sums[4][SIDE][SIDE];
  const int64_t steps = depth / DEPTH;
  for (int64_t filter = 0; filter < filters; filter += STRIP) {
    const Half* weights = packed + filter / SIDE * steps * TILE;
    for (int64_t t = 0; t < count; t += STRIP) {
      clear();
      for (int64_t k = 0; k < steps; k++) step(rows + t * depth + k * DEPTH, depth, SIDE * depth, weights + k * TILE, steps * TILE);
      _tile_stored(0, sums[0], 64);
      _tile_stored(1, sums[1], 64);
      _tile_stored(2, sums[2], 64);
      _tile_stored(3, sums[3], 64);
      for (int64_t i = 0; i < STRIP && t + i < count; i++) {
        const float* left = sums[i / SIDE * 2][i % SIDE];
        const float* right = sums[i / SIDE * 2 + 1][i % SIDE];
        const __m512i values = (__m512i)_mm512_cvtne2ps_pbh(_mm512_load_ps(right), _mm512_load_ps(left));
        _mm512_storeu_si512(target + (t + i) * filters + filter, values);
      }
    }
  }
}

void correlate(const Half* columns, const Half* pairs, int64_t depth, int64_t room, int64_t from, int64_t to, bool add, float* dw) {
  for (int64_t d = 0; d < depth; d += STRIP) {
    for (int64_t filter = from; filter < to; filter += STRIP) {
      float* at = dw + filter * depth + d;
      if (add) {
        _tile_loadd(0, at, depth * 4);
        _tile_loadd(1, at + SIDE, depth * 4);
        _tile_loadd(2, at + SIDE * depth, depth * 4);
        _tile_loadd(3, at + SIDE * depth + SIDE, depth * 4);
      } else {
        clear();
      }
      for (int64_t t = 0; t < room; t += DEPTH) {
        step(columns + filter * room + t, room, SIDE * room, pairs + t / DEPTH * depth * DEPTH + d / SIDE * TILE, TILE);
      }
      _tile_stored(0, at, depth * 4);
      _tile_stored(1, at + SIDE, depth * 4);
      _tile_stored(2, at + SIDE * depth, depth * 4);
      _tile_stored(3, at + SIDE * depth + SIDE, depth * 4);
    }
  }
}

}  // namespace

const HalfKernels half_amx = {STRIP, begin, end, forth, back, gather, gather_pairs, turn, multiply, correlate};

}  // namespace semblant
