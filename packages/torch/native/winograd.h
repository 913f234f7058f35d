// Convolutions of 3 x 3 at stride 1 and padding 1, forth and back, in float32 on the CPU and channels last.
#pragma once

#include "precompiled.h"
#include "winograd-kernels.h"

namespace semblant {

inline at::Tensor channels_last_of(const at::Tensor& tensor) { return tensor.contiguous(at::MemoryFormat::ChannelsLast); }

/** Whether the kernels can take such weights (filters, channels, 3, 3): channels and filters come in sixteens. */
bool winograd_takes(const at::Tensor& weight);

/** The kernels with the fewest products for such images. */
const WinogradKernels& winograd_for(int64_t height, int64_t width);

/** Weights as the products read them; `turned`: for the gradient of the images. */
at::Tensor winograd_filters(const WinogradKernels& kernels, const at::Tensor& weight, bool turned);

/** Images x by such weights. */
at::Tensor winograd_images(const WinogradKernels& kernels, const at::Tensor& x, const at::Tensor& weights, int64_t filters, const After& after);

at::Tensor winograd_weight_gradient(const WinogradKernels& kernels, const at::Tensor& x, const at::Tensor& dy, const at::Tensor& weight);

}  // namespace semblant
