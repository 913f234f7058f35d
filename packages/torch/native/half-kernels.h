// The interface between half-convolution.cc and its kernels in bfloat16, which need a processor with AMX.
#pragma once

#include <cstdint>

namespace semblant {

using Half = uint16_t;  // the bits of a bfloat16

/** Which places of a source each place of a target reads: one for each place of the kernel, `kernel` in each direction. */
struct Window {
  int64_t height, width;  // of the source
  int64_t down, across;   // of the target
  int64_t kernel, stride, padding;
  bool back;  // from outputs to images: the source has been made by this kernel from the target's places
};

struct HalfKernels {
  /** Rows of targets come in so many. */
  int64_t rows;
  /** Takes and gives back the processor's tiles, once a thread. */
  void (*begin)();
  void (*end)();
  /** Weights [filter][place][channel] for the way forth, filters from..to. */
  void (*forth)(const float* w, int64_t places, int64_t channels, int64_t filters, int64_t from, int64_t to, Half* packed);
  /** The same for the way back. */
  void (*back)(const float* w, int64_t places, int64_t channels, int64_t filters, int64_t from, int64_t to, Half* packed);
  /** What targets from..from + count read, a row for each. */
  void (*gather)(const Half* source, const Window& window, int64_t channels, int64_t from, int64_t count, Half* rows);
  /** The same with two rows side by side, as the gradient of the weights needs them; `count` is filled up with zeros. */
  void (*gather_pairs)(const Half* source, const Window& window, int64_t channels, int64_t from, int64_t count, int64_t last, Half* pairs);
  /** `count` rows of `channels` turned into columns: [channel][row], with room for `room` rows. */
  void (*turn)(const Half* source, int64_t channels, int64_t count, int64_t room, Half* columns);
  /** Rows of `depth` by packed weights: targets (count, filters), written in bfloat16. */
  void (*multiply)(const Half* rows, const Half* packed, int64_t depth, int64_t filters, int64_t count, Half* target);
  /** Columns of outputs' gradients by pairs: adds to the weights' gradient [filter][depth], filters from..to. */
  void (*correlate)(const Half* columns, const Half* pairs, int64_t depth, int64_t room, int64_t from, int64_t to, bool add, float* dw);
};

extern const HalfKernels half_amx;

/** Null where the processor or the compiler has no AMX. */
const HalfKernels* half_kernels();

}  // namespace semblant
