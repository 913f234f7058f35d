// Convolutions of 3 x 3 by Winograd's minimal filtering: transforms of small tiles, products, transforms back. All a chunk of tiles needs
// stays in the processor's cache, so that memory is read and written once.
#include "winograd.h"

#include <ATen/ops/empty.h>

namespace semblant {
namespace {

/** Tiles that are worked on at once: the more filters there are to be read for each product, the more. */
int64_t chunk_of(int64_t channels, int64_t filters, int rows) {
  const int64_t tiles = std::max<int64_t>(48, 48 * (channels + filters) / 256);
  return (tiles + rows - 1) / rows * rows;
}

int64_t tiles_of(const Images& images, int outputs) {
  return images.batch * ((images.height + outputs - 1) / outputs) * ((images.width + outputs - 1) / outputs);
}

Images images_of(const at::Tensor& x) { return {x.size(0), x.size(2), x.size(3)}; }

/** Floats between the products of a transform: not a power of two, or all of them would share few lines of the cache. */
int64_t stride_of(int64_t channels, int64_t room) { return channels * room + 48; }

at::Tensor scratch(int64_t floats) { return at::empty({floats}, at::kFloat); }

constexpr int64_t filter_grain = 16;

/** Runs `body(from, to)` over filters, sixteen at a time. */
template <typename Body>
void each_filter(int64_t filters, Body body) {
  at::parallel_for(0, filters / filter_grain, 1, [&](int64_t from, int64_t to) { body(from * filter_grain, to * filter_grain); });
}

}  // namespace

bool winograd_takes(const at::Tensor& weight) {
  return weight.device().is_cpu() && weight.scalar_type() == at::kFloat && weight.dim() == 4 && weight.size(2) == 3 && weight.size(3) == 3 &&
         weight.size(0) % filter_grain == 0 && weight.size(1) % filter_grain == 0 && weight.numel() > 0;
}

const WinogradKernels& winograd_for(int64_t height, int64_t width) {
  const auto& two = *winograd_kernels(2);
  const auto& three = *winograd_kernels(3);
  const Images image{1, height, width};
  return tiles_of(image, 2) * two.products < tiles_of(image, 3) * three.products ? two : three;
}

at::Tensor winograd_filters(const WinogradKernels& kernels, const at::Tensor& weight, bool turned) {
  auto result = scratch(kernels.products * weight.size(0) * weight.size(1));
  each_filter(weight.size(0), [&](int64_t from, int64_t to) {
    (turned ? kernels.turned : kernels.filters)(weight.data_ptr<float>(), weight.size(1), weight.size(0), from, to, result.data_ptr<float>());
  });
  return result;
}

at::Tensor winograd_images(const WinogradKernels& kernels, const at::Tensor& x, const at::Tensor& weights, int64_t filters, const After& after) {
  const auto images = images_of(x);
  const int64_t channels = x.size(1);
  const int64_t product = channels * filters;
  const float* u = weights.data_ptr<float>();
  auto y = at::empty({images.batch, filters, images.height, images.width}, x.options(), at::MemoryFormat::ChannelsLast);
  const float* in = x.data_ptr<float>();
  float* out = y.data_ptr<float>();
  const int64_t tiles = tiles_of(images, kernels.outputs);
  const int64_t room = chunk_of(channels, filters, kernels.rows);
  const int64_t in_stride = stride_of(channels, room);
  const int64_t out_stride = stride_of(filters, room);
  at::parallel_for(0, (tiles + room - 1) / room, 1, [&](int64_t from, int64_t to) {
    const auto memory = scratch(kernels.products * (in_stride + out_stride));
    float* v = memory.data_ptr<float>();
    float* m = v + kernels.products * in_stride;
    for (int64_t chunk = from; chunk < to; chunk++) {
      const int64_t first = chunk * room;
      const int64_t count = std::min(room, tiles - first);
      const Tiles read{first, count, room, in_stride};
      kernels.images(in, images, channels, read, v);
      for (int i = 0; i < kernels.products; i++) kernels.multiply(v + i * in_stride, u + i * product, m + i * out_stride, channels, filters, read);
      kernels.outputs_of(m, images, filters, {first, count, room, out_stride}, after, out);
    }
  });
  return y;
}

at::Tensor winograd_weight_gradient(const WinogradKernels& kernels, const at::Tensor& x, const at::Tensor& dy, const at::Tensor& weight) {
  const auto images = images_of(x);
  const int64_t channels = weight.size(1);
  const int64_t filters = weight.size(0);
  const int64_t product = channels * filters;
  const int64_t tiles = tiles_of(images, kernels.outputs);
  const int64_t room = chunk_of(channels, filters, kernels.rows);
  const int64_t in_stride = stride_of(channels, room);
  const int64_t out_stride = stride_of(filters, room);
  const auto memory = scratch(kernels.products * (in_stride + out_stride + product));
  float* v = memory.data_ptr<float>();
  float* d = v + kernels.products * in_stride;
  float* du = d + kernels.products * out_stride;
  for (int64_t first = 0; first < tiles; first += room) {
    const int64_t count = std::min(room, tiles - first);
    at::parallel_for(0, count, 16, [&](int64_t from, int64_t to) {
      kernels.images(x.data_ptr<float>(), images, channels, {first + from, to - from, room, in_stride}, v + from * filter_grain);
      kernels.gradients(dy.data_ptr<float>(), images, filters, {first + from, to - from, room, out_stride}, d + from * filter_grain);
    });
    const Tiles both{first, count, room, in_stride};
    at::parallel_for(0, kernels.products, 1, [&](int64_t from, int64_t to) {
      for (int64_t i = from; i < to; i++) kernels.correlate(v + i * in_stride, d + i * out_stride, du + i * product, channels, filters, both, first > 0);
    });
  }
  auto dw = at::empty(weight.sizes(), weight.options(), at::MemoryFormat::ChannelsLast);
  each_filter(filters, [&](int64_t from, int64_t to) { kernels.filter_gradients(du, channels, filters, from, to, dw.data_ptr<float>()); });
  return dw;
}

}  // namespace semblant
