// Matrix sandwiches L d Lᵀ of small tiles, many channels at once, and the transforms made of them.
#pragma once

#include "lanes.h"
#include "winograd-kernels.h"
#include "winograd-matrices.h"

namespace semblant {
namespace {

template <typename M>
struct ForImages {
  static constexpr int rows = M::size, columns = M::size;
  static constexpr float at(int i, int k) { return M::B[i][k]; }
};
template <typename M>
struct ForOutputs {
  static constexpr int rows = M::outputs, columns = M::size;
  static constexpr float at(int i, int k) { return M::A[i][k]; }
};
template <typename M>
struct ForFilters {
  static constexpr int rows = M::size, columns = 3;
  static constexpr float at(int i, int k) { return M::G[i][k]; }
};
template <typename L>
struct Transposed {
  static constexpr int rows = L::columns, columns = L::rows;
  static constexpr float at(int i, int k) { return L::at(k, i); }
};

template <typename L, int row>
constexpr int first_factor() {
  int k = 0;
  while (L::at(row, k) == 0) k++;
  return k;
}

/** One row of L times a vector; zeros and ones cost nothing. */
template <typename L, int row>
inline __attribute__((always_inline)) Lanes combined(const Lanes* values, int stride) {
  constexpr int first = first_factor<L, row>();
  Lanes sum = values[first * stride];
  if constexpr (L::at(row, first) != 1) sum = sum * L::at(row, first);
  each_constant<L::columns>([&](auto k) {
    constexpr float factor = L::at(row, k);
    if constexpr (k > first && factor != 0) {
      if constexpr (factor == 1) sum += values[k * stride];
      else if constexpr (factor == -1) sum -= values[k * stride];
      else sum += values[k * stride] * factor;
    }
  });
  return sum;
}

/** L d Lᵀ: columns x columns to rows x rows. */
template <typename L>
inline __attribute__((always_inline)) void sandwich(const Lanes* d, Lanes* to) {
  Lanes half[L::rows * L::columns];
  each_constant<L::rows>([&](auto i) {
    each_constant<L::columns>([&](auto j) { half[i * L::columns + j] = combined<L, i>(d + j, L::columns); });
  });
  each_constant<L::rows>([&](auto i) {
    each_constant<L::rows>([&](auto j) { to[i * L::rows + j] = combined<L, j>(half + i * L::columns, 1); });
  });
}

alignas(64) const float nothing[BLOCK] = {};

/** Transforms size x size places of each tile, which begins `margin` before its outputs; places outside count as zeros. */
template <typename L, int outputs, int margin>
void spread(const float* x, const Images& images, int64_t channels, const Tiles& tiles, float* to) {
  constexpr int size = L::columns;
  const int64_t across = (images.width + outputs - 1) / outputs;
  const int64_t down = (images.height + outputs - 1) / outputs;
  const float* places[size * size];
  int64_t steps[size * size];
  for (int64_t t = 0; t < tiles.count; t++) {
    const int64_t tile = tiles.from + t;
    const int64_t top = tile / across % down * outputs - margin;
    const int64_t left = tile % across * outputs - margin;
    const float* image = x + tile / (across * down) * images.height * images.width * channels;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        const bool inside = top + i >= 0 && top + i < images.height && left + j >= 0 && left + j < images.width;
        places[i * size + j] = inside ? image + ((top + i) * images.width + left + j) * channels : nothing;
        steps[i * size + j] = inside ? BLOCK : 0;
      }
    }
    for (int64_t block = 0; block < channels / BLOCK; block++) {
      for (int half = 0; half < BLOCK; half += LANES) {
        Lanes d[size * size];
        Lanes v[L::rows * L::rows];
        for (int i = 0; i < size * size; i++) d[i] = load(places[i] + block * steps[i] + half);
        sandwich<L>(d, v);
        float* at = to + (block * tiles.room + t) * BLOCK + half;
        for (int i = 0; i < L::rows * L::rows; i++) store(at + i * tiles.stride, v[i]);
      }
    }
  }
}

inline __attribute__((always_inline)) Lanes finished(Lanes value, const After& after, int64_t at, int64_t filter) {
  if (after.bias != nullptr) value += load(after.bias + filter);
  if (after.addend != nullptr) value += load(after.addend + at);
  return after.relu ? (value < 0 ? Lanes{} : value) : value;  // what is no number stays so
}

/** The outputs of each tile; what reaches over the image's edge is dropped. */
template <typename L>
void gather(const float* from, const Images& images, int64_t filters, const Tiles& tiles, const After& after, float* y) {
  constexpr int outputs = L::rows;
  const int64_t across = (images.width + outputs - 1) / outputs;
  const int64_t down = (images.height + outputs - 1) / outputs;
  for (int64_t t = 0; t < tiles.count; t++) {
    const int64_t tile = tiles.from + t;
    const int64_t top = tile / across % down * outputs;
    const int64_t left = tile % across * outputs;
    const int64_t image = tile / (across * down) * images.height * images.width;
    for (int64_t block = 0; block < filters / BLOCK; block++) {
      for (int half = 0; half < BLOCK; half += LANES) {
        Lanes m[L::columns * L::columns];
        Lanes values[outputs * outputs];
        const float* at = from + (block * tiles.room + t) * BLOCK + half;
        for (int i = 0; i < L::columns * L::columns; i++) m[i] = load(at + i * tiles.stride);
        sandwich<L>(m, values);
        for (int i = 0; i < outputs && top + i < images.height; i++) {
          for (int j = 0; j < outputs && left + j < images.width; j++) {
            const int64_t filter = block * BLOCK + half;
            const int64_t to = (image + (top + i) * images.width + left + j) * filters + filter;
            store(y + to, finished(values[i * outputs + j], after, to, filter));
          }
        }
      }
    }
  }
}

/** Filters [filter][3][3][channel] transformed for the way back, where they are turned by half a turn and channels are the outputs. */
template <typename L>
void turned_filters(const float* w, int64_t channels, int64_t filters, int64_t begin, int64_t end, float* u) {
  for (int64_t filter = begin; filter < end; filter++) {
    for (int64_t channel = 0; channel < channels; channel += LANES) {
      Lanes g[9];
      Lanes values[L::rows * L::rows];
      for (int tap = 0; tap < 9; tap++) g[8 - tap] = load(w + (filter * 9 + tap) * channels + channel);
      sandwich<L>(g, values);
      float* at = u + (channel / BLOCK * filters + filter) * BLOCK + channel % BLOCK;
      for (int i = 0; i < L::rows * L::rows; i++) store(at + i * channels * filters, values[i]);
    }
  }
}

/** Filters transformed for the way forth; sixteen filters lie side by side afterwards. */
template <typename L>
void straight_filters(const float* w, int64_t channels, int64_t filters, int64_t begin, int64_t end, float* u) {
  alignas(64) float swapped[9][BLOCK][BLOCK];
  for (int64_t filter = begin; filter < end; filter += BLOCK) {
    for (int64_t channel = 0; channel < channels; channel += BLOCK) {
      for (int tap = 0; tap < 9; tap++) {
        for (int k = 0; k < BLOCK; k++) {
          const float* row = w + ((filter + k) * 9 + tap) * channels + channel;
          for (int c = 0; c < BLOCK; c++) swapped[tap][c][k] = row[c];
        }
      }
      for (int c = 0; c < BLOCK; c++) {
        for (int half = 0; half < BLOCK; half += LANES) {
          Lanes g[9];
          Lanes values[L::rows * L::rows];
          for (int tap = 0; tap < 9; tap++) g[tap] = load(&swapped[tap][c][half]);
          sandwich<L>(g, values);
          float* at = u + (filter * channels) + (channel + c) * BLOCK + half;
          for (int i = 0; i < L::rows * L::rows; i++) store(at + i * channels * filters, values[i]);
        }
      }
    }
  }
}

/** The gradient of filters from that of their transforms. */
template <typename L>
void gradients_of_filters(const float* du, int64_t channels, int64_t filters, int64_t begin, int64_t end, float* dw) {
  for (int64_t filter = begin; filter < end; filter++) {
    for (int64_t channel = 0; channel < channels; channel += LANES) {
      Lanes d[L::columns * L::columns];
      Lanes g[9];
      const float* at = du + (channel / BLOCK * filters + filter) * BLOCK + channel % BLOCK;
      for (int i = 0; i < L::columns * L::columns; i++) d[i] = load(at + i * channels * filters);
      sandwich<L>(d, g);
      for (int tap = 0; tap < 9; tap++) store(dw + (filter * 9 + tap) * channels + channel, g[tap]);
    }
  }
}

}  // namespace
}  // namespace semblant
