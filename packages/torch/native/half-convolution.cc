// What targets read is gathered into rows, a chunk at a time that stays in the processor's cache, and multiplied there.
#include "half-convolution.h"

#include <ATen/ops/empty.h>

namespace semblant {
namespace {

constexpr int64_t thirty_two = 32;
constexpr int64_t chunk = 8 * thirty_two;  // targets
constexpr int64_t most_places = 49;        // of a kernel

Half* halves_of(const at::Tensor& tensor) { return static_cast<Half*>(tensor.data_ptr()); }

at::Tensor scratch(int64_t halves) { return at::empty({halves}, at::kBFloat16); }

at::Tensor images_like(at::IntArrayRef sizes) {
  return at::empty(sizes, at::TensorOptions().dtype(at::kBFloat16), at::MemoryFormat::ChannelsLast);
}

int64_t places_of(const at::Tensor& weight) { return weight.size(2) * weight.size(3); }

Window window_of(const at::Tensor& source, const at::Tensor& target, const at::Tensor& weight, int64_t stride, int64_t padding) {
  return {source.size(2), source.size(3), target.size(2), target.size(3), weight.size(2), stride, padding, false};
}

/** Rows gathered from the source times packed weights, for every target. */
void multiply_all(const Window& window, const at::Tensor& source, const at::Tensor& packed, const at::Tensor& target) {
  const auto& kernels = *half_kernels();
  const int64_t channels = source.size(1);
  const int64_t filters = target.size(1);
  const int64_t depth = window.kernel * window.kernel * channels;
  const int64_t targets = target.size(0) * window.down * window.across;
  at::parallel_for(0, (targets + chunk - 1) / chunk, 1, [&](int64_t from, int64_t to) {
    const auto rows = scratch(chunk * depth);
    kernels.begin();
    for (int64_t first = from * chunk; first < std::min(targets, to * chunk); first += chunk) {
      const int64_t count = std::min(chunk, targets - first);
      kernels.gather(halves_of(source), window, channels, first, count, halves_of(rows));
      kernels.multiply(halves_of(rows), halves_of(packed), depth, filters, count, halves_of(target) + first * filters);
    }
    kernels.end();
  });
}

/** Runs `body(from, to)` over filters, thirty-two at a time. */
template <typename Body>
void each_strip(int64_t filters, Body body) {
  at::parallel_for(0, filters / thirty_two, 1, [&](int64_t from, int64_t to) { body(from * thirty_two, to * thirty_two); });
}

}  // namespace

bool half_takes(const at::Tensor& x, const at::Tensor& weight, int64_t stride, int64_t padding) {
  if (half_kernels() == nullptr || x.dim() != 4 || weight.dim() != 4 || !x.device().is_cpu() || !weight.device().is_cpu()) return false;
  if (weight.scalar_type() != at::kFloat || (x.scalar_type() != at::kFloat && x.scalar_type() != at::kBFloat16)) return false;
  const int64_t kernel = weight.size(2);
  if (weight.size(3) != kernel || kernel * kernel > most_places || weight.numel() == 0) return false;
  const bool fits = x.size(1) == weight.size(1) && x.size(1) % thirty_two == 0 && weight.size(0) % thirty_two == 0;
  return fits && stride >= 1 && padding >= 0 && x.size(0) > 0 && std::min(x.size(2), x.size(3)) + 2 * padding >= kernel;
}

at::Tensor half_convolution(const at::Tensor& x, const at::Tensor& weight, int64_t stride, int64_t padding) {
  const auto size = [&](int64_t n) { return (n + 2 * padding - weight.size(2)) / stride + 1; };
  const auto y = images_like({x.size(0), weight.size(0), size(x.size(2)), size(x.size(3))});
  const auto packed = scratch(weight.numel());
  each_strip(weight.size(0), [&](int64_t from, int64_t to) {
    half_kernels()->forth(weight.data_ptr<float>(), places_of(weight), weight.size(1), weight.size(0), from, to, halves_of(packed));
  });
  multiply_all(window_of(x, y, weight, stride, padding), x, packed, y);
  return y;
}

at::Tensor half_image_gradient(const at::Tensor& dy, const at::Tensor& weight, at::IntArrayRef sizes, int64_t stride, int64_t padding) {
  const auto dx = images_like(sizes);
  const auto packed = scratch(weight.numel());
  each_strip(weight.size(0), [&](int64_t from, int64_t to) {
    half_kernels()->back(weight.data_ptr<float>(), places_of(weight), weight.size(1), weight.size(0), from, to, halves_of(packed));
  });
  auto window = window_of(dy, dx, weight, stride, padding);
  window.back = true;
  multiply_all(window, dy, packed, dx);
  return dx;
}

at::Tensor half_weight_gradient(const at::Tensor& x, const at::Tensor& dy, const at::Tensor& weight, int64_t stride, int64_t padding) {
  const auto& kernels = *half_kernels();
  const auto window = window_of(x, dy, weight, stride, padding);
  const int64_t channels = x.size(1);
  const int64_t filters = dy.size(1);
  const int64_t depth = places_of(weight) * channels;
  const int64_t targets = dy.size(0) * dy.size(2) * dy.size(3);
  auto dw = at::empty(weight.sizes(), weight.options(), at::MemoryFormat::ChannelsLast);
  const auto memory = scratch(chunk * (depth + filters));
  Half* pairs = halves_of(memory);
  Half* columns = pairs + chunk * depth;
  for (int64_t first = 0; first < targets; first += chunk) {
    const int64_t count = std::min(chunk, targets - first);
    const int64_t strips = (count + thirty_two - 1) / thirty_two;
    const int64_t room = strips * thirty_two;
    at::parallel_for(0, strips, 1, [&](int64_t from, int64_t to) {
      const int64_t begun = from * thirty_two;
      kernels.gather_pairs(halves_of(x), window, channels, first + begun, (to - from) * thirty_two, targets, pairs + begun * depth);
    });
    kernels.turn(halves_of(dy) + first * filters, filters, count, room, columns);
    each_strip(filters, [&](int64_t from, int64_t to) {
      kernels.begin();
      kernels.correlate(columns, pairs, depth, room, from, to, first > 0, dw.data_ptr<float>());
      kernels.end();
    });
  }
  return dw;
}

}  // namespace semblant
