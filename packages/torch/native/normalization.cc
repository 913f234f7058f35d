// Batch norm, the shortcut's addition and ReLU: two passes over memory forth and two back, in place of seven and six.
#include "normalization.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

#include "group-moments.h"
#include "normalization-kernels.h"
#include "winograd.h"

namespace semblant {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t rows_at_once = 512;  // whose sums are kept in float32; sums of those are in float64

template <typename Number>
Number* numbers(const at::Tensor& tensor) { return tensor.defined() ? static_cast<Number*>(tensor.data_ptr()) : nullptr; }

/** Runs `body(numbers of this type)` for float32 or bfloat16. */
template <typename Body>
auto of_type(at::ScalarType type, Body body) {
  return type == at::kFloat ? body(float{}) : body(uint16_t{});
}

/** Two sums for each channel over all rows, the same for any number of threads: `part(from, to, first, second)` gives them for some. */
template <typename Part>
std::pair<PerChannel, PerChannel> sums_of(int64_t rows, int64_t channels, Part part) {
  const int64_t parts = (rows + rows_at_once - 1) / rows_at_once;
  std::vector<float> partial(static_cast<size_t>(2 * parts * channels));
  at::parallel_for(0, parts, 4, [&](int64_t from, int64_t to) {
    for (int64_t i = from; i < to; i++) {
      float* at = partial.data() + 2 * i * channels;
      part(i * rows_at_once, std::min(rows, (i + 1) * rows_at_once), at, at + channels);
    }
  });
  std::pair<PerChannel, PerChannel> result(channels, channels);
  for (int64_t i = 0; i < parts; i++) {
    for (int64_t c = 0; c < channels; c++) {
      result.first[static_cast<size_t>(c)] += partial[static_cast<size_t>(2 * i * channels + c)];
      result.second[static_cast<size_t>(c)] += partial[static_cast<size_t>((2 * i + 1) * channels + c)];
    }
  }
  return result;
}

template <typename Body>
void each_row(int64_t rows, Body body) {
  at::parallel_for(0, rows, rows_at_once, body);
}

float middle_of(float a, float b, float c) { return std::max(std::min(a, b), std::min(std::max(a, b), c)); }

/** A value of each channel that is no outlier: the middle of three middles of nine rows. Squares about it are small, and lose little. */
void guess_means(const at::Tensor& x, int64_t rows, int64_t channels, float* guess) {
  const auto all = x.permute({0, 2, 3, 1}).view({rows, channels});
  std::vector<at::Tensor> nine;
  for (int64_t i = 0; i < 9; i++) nine.push_back(all.select(0, i * (rows - 1) / 8).to(at::kFloat));
  const auto value = [&](int64_t i, int64_t c) { return nine[static_cast<size_t>(i)].data_ptr<float>()[c]; };
  const auto middle = [&](int64_t i, int64_t c) { return middle_of(value(i, c), value(i + 3, c), value(i + 6, c)); };
  for (int64_t c = 0; c < channels; c++) guess[c] = middle_of(middle(0, c), middle(1, c), middle(2, c));
}

struct Statistics {
  at::Tensor running_mean;  // or undefined
  at::Tensor running_var;
  double momentum;
  double epsilon;
  std::shared_ptr<ProcessGroup> group;  // over whose rows they are taken, or null
};

/** From sums about a guess of the means. */
Moments moments_of(int64_t rows, const float* guess, const PerChannel& sums, const PerChannel& squares) {
  Moments result{static_cast<double>(rows), {}, {}};
  for (size_t c = 0; c < sums.size(); c++) {
    const double offset = sums[c] / result.rows;
    const double variance = std::max(squares[c] / result.rows - offset * offset, 0.0);
    result.means.push_back(guess[c] + offset);
    result.variances.push_back(std::isfinite(squares[c]) ? variance : std::nan(""));
  }
  return result;
}

struct BatchNormalization : public torch::autograd::Function<BatchNormalization> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& given, const c10::optional<at::Tensor>& added, const at::Tensor& weight,
                            const at::Tensor& bias, const Statistics& statistics, bool relu) {
    const auto addend = added.value_or(at::Tensor());
    const auto x = channels_last_of(given);
    const int64_t channels = x.size(1);
    const int64_t rows = x.numel() / channels;
    const auto middle = at::empty({4, channels}, at::kFloat);  // a first guess of means, means, scales, shifts
    float* guess = middle.data_ptr<float>();
    float *mean = guess + channels, *scale = mean + channels, *shift = scale + channels;
    const auto deviation = at::empty({channels}, at::kFloat);  // 1 / standard deviation
    auto y = at::empty_like(x, x.options(), at::MemoryFormat::ChannelsLast);
    const auto other = addend.defined() ? channels_last_of(addend) : addend;
    of_type(x.scalar_type(), [&](auto number) {
      using Number = decltype(number);
      const auto& kernels = *normalization_kernels<Number>();
      guess_means(x, rows, channels, guess);
      const auto [sums, squares] = sums_of(rows, channels, [&](int64_t from, int64_t to, float* sum, float* square) {
        kernels.moments(numbers<Number>(x), guess, channels, from, to, sum, square);
      });
      const auto own = moments_of(rows, guess, sums, squares);
      const auto all = statistics.group == nullptr ? own : over_ranks(*statistics.group, own);
      context->saved_data["rows"] = all.rows;
      for (int64_t c = 0; c < channels; c++) {
        const double middle_of_all = all.means[static_cast<size_t>(c)];
        const double variance = all.variances[static_cast<size_t>(c)];
        const double inverse = 1 / std::sqrt(variance + statistics.epsilon);
        mean[c] = static_cast<float>(middle_of_all);
        deviation.data_ptr<float>()[c] = static_cast<float>(inverse);
        scale[c] = static_cast<float>(weight.data_ptr<float>()[c] * inverse);
        shift[c] = static_cast<float>(bias.data_ptr<float>()[c] - middle_of_all * weight.data_ptr<float>()[c] * inverse);
        if (!statistics.running_mean.defined()) continue;
        float& running_mean = statistics.running_mean.data_ptr<float>()[c];
        float& running_var = statistics.running_var.data_ptr<float>()[c];
        const double unbiased = variance * all.rows / (all.rows - 1);
        running_mean = static_cast<float>((1 - statistics.momentum) * running_mean + statistics.momentum * middle_of_all);
        running_var = static_cast<float>((1 - statistics.momentum) * running_var + statistics.momentum * unbiased);
      }
      const Normalization<Number> work{numbers<Number>(x), numbers<Number>(other), scale, shift, relu, numbers<Number>(y)};
      each_row(rows, [&](int64_t from, int64_t to) { kernels.normalize(work, channels, from, to); });
    });
    context->saved_data["group"] = kept(statistics.group);
    context->saved_data["relu"] = relu;
    context->saved_data["addend"] = addend.defined();
    context->save_for_backward({x, relu ? y : at::Tensor(), weight, middle.select(0, 1).clone(), deviation});
    return y;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], &y = saved[1], &weight = saved[2], &mean = saved[3], &deviation = saved[4];
    const bool relu = context->saved_data["relu"].toBool();
    const bool addend = context->saved_data["addend"].toBool();
    const auto group = group_in(context->saved_data["group"]);
    const double of_all = context->saved_data["rows"].toDouble();
    const auto dy = channels_last_of(gradients[0].to(x.scalar_type()));
    const int64_t channels = x.size(1);
    const int64_t rows = x.numel() / channels;
    auto dx = at::empty_like(x, x.options(), at::MemoryFormat::ChannelsLast);
    const auto g = addend && relu ? at::empty_like(dx) : at::Tensor();
    auto dweight = at::empty({channels}, at::kFloat);
    auto dbias = at::empty({channels}, at::kFloat);
    const auto factors = at::empty({3, channels}, at::kFloat);
    float* of_dy = factors.data_ptr<float>();
    float *of_x = of_dy + channels, *constant = of_x + channels;
    of_type(x.scalar_type(), [&](auto number) {
      using Number = decltype(number);
      const auto& kernels = *normalization_kernels<Number>();
      const NormalizationGradient<Number> work{numbers<Number>(dy), numbers<Number>(y), numbers<Number>(x), mean.data_ptr<float>(), of_dy,
                                               of_x, constant, numbers<Number>(g), numbers<Number>(dx)};
      const auto own = sums_of(rows, channels, [&](int64_t from, int64_t to, float* sum, float* product) {
        kernels.gradient_sums(work, channels, from, to, sum, product);
      });
      const auto [sums, products] = group == nullptr ? own : over_ranks(*group, own.first, own.second);
      for (int64_t c = 0; c < channels; c++) {
        const double inverse = deviation.data_ptr<float>()[c];
        const double sum = sums[static_cast<size_t>(c)];
        const double product = products[static_cast<size_t>(c)];
        const double factor = weight.data_ptr<float>()[c] * inverse;
        dweight.data_ptr<float>()[c] = static_cast<float>(own.second[static_cast<size_t>(c)] * inverse);
        dbias.data_ptr<float>()[c] = static_cast<float>(own.first[static_cast<size_t>(c)]);
        of_dy[c] = static_cast<float>(factor);
        of_x[c] = static_cast<float>(-factor * product * inverse * inverse / of_all);
        constant[c] = static_cast<float>(-factor * sum / of_all);
      }
      each_row(rows, [&](int64_t from, int64_t to) { kernels.gradient(work, channels, from, to); });
    });
    const auto none = at::Tensor();
    return {dx, addend ? (relu ? g : dy) : none, dweight, dbias, none, none};
  }
};

bool vector_of(const at::Tensor& tensor, int64_t channels) {
  return tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_contiguous() && tensor.numel() == channels;
}

bool fits(const at::Tensor& x, const at::Tensor& addend) {
  const bool known = x.dim() == 4 && x.device().is_cpu() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
  if (!known || x.size(1) % 16 != 0 || x.numel() / std::max<int64_t>(1, x.size(1)) < 2) return false;
  if (!x.is_contiguous(at::MemoryFormat::ChannelsLast) || normalization_kernels<float>() == nullptr) return false;
  return !addend.defined() || (addend.scalar_type() == x.scalar_type() && addend.device().is_cpu() && addend.sizes() == x.sizes());
}

}  // namespace

/** normalization(x, addend | null, [weight, bias, running mean, running variance], momentum, epsilon, relu, group | null) -> y; null where no kernel fits. */
napi_value normalization(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<7> args(env, info);
    const auto& x = unwrap(env, args[0]);
    const auto addend = missing(env, args[1]) ? at::Tensor() : unwrap(env, args[1]);
    const auto vectors = unwrap_all(env, args[2]);
    if (!fits(x, addend) || vectors.size() != 4) return null(env);
    for (const auto& vector : vectors) {
      if (!vector_of(vector, x.size(1))) return null(env);
    }
    const auto added = addend.defined() ? c10::optional<at::Tensor>(addend) : c10::optional<at::Tensor>();
    const Statistics statistics{vectors[2].detach(), vectors[3].detach(), number(env, args[3]), number(env, args[4]), group_of(env, args[6])};
    return wrap(env, BatchNormalization::apply(x, added, vectors[0], vectors[1], statistics, boolean(env, args[5])));
  });
}

}  // namespace semblant
