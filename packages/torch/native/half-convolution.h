// Convolutions in bfloat16, forth and back, channels last, where the processor has AMX. Weights and their gradient are in float32.
#pragma once

#include "half-kernels.h"
#include "precompiled.h"

namespace semblant {

/** Whether images (batch, channels, height, width) and weights (filters, channels, kernel, kernel) can be taken. */
bool half_takes(const at::Tensor& x, const at::Tensor& weight, int64_t stride, int64_t padding);

at::Tensor half_convolution(const at::Tensor& x, const at::Tensor& weight, int64_t stride, int64_t padding);

/** The gradient of images of this height and width. */
at::Tensor half_image_gradient(const at::Tensor& dy, const at::Tensor& weight, at::IntArrayRef sizes, int64_t stride, int64_t padding);

at::Tensor half_weight_gradient(const at::Tensor& x, const at::Tensor& dy, const at::Tensor& weight, int64_t stride, int64_t padding);

}  // namespace semblant
