#include "group-moments.h"

#include <ATen/ops/empty.h>

#include <cmath>

namespace semblant {
namespace {

/** Sums of each number over the ranks. In float64, so that a mean far from 0 costs the variance nothing that counts. */
PerChannel summed(ProcessGroup& group, const PerChannel& numbers) {
  const auto length = static_cast<int64_t>(numbers.size());
  auto own = at::empty({length}, at::kDouble);
  std::copy(numbers.begin(), numbers.end(), own.data_ptr<double>());
  const auto all = sum_over_ranks(group, own);
  const double* first = all.data_ptr<double>();
  return PerChannel(first, first + length);
}

struct KeptGroup final : public torch::CustomClassHolder {
  explicit KeptGroup(std::shared_ptr<ProcessGroup> group) : group(std::move(group)) {}
  std::shared_ptr<ProcessGroup> group;
};

}  // namespace

Moments over_ranks(ProcessGroup& group, const Moments& own) {
  const size_t channels = own.means.size();
  PerChannel sums = {own.rows};
  for (const double mean : own.means) sums.push_back(own.rows == 0 ? 0 : own.rows * mean);
  for (size_t c = 0; c < channels; c++) sums.push_back(own.rows == 0 ? 0 : own.rows * (own.variances[c] + own.means[c] * own.means[c]));
  const auto all = summed(group, sums);
  Moments result{all[0], PerChannel(channels), PerChannel(channels)};
  for (size_t c = 0; c < channels; c++) {
    const double mean = all[1 + c] / all[0];
    const double variance = all[1 + channels + c] / all[0] - mean * mean;
    result.means[c] = mean;
    result.variances[c] = std::isfinite(variance) ? std::max(variance, 0.0) : std::nan("");
  }
  return result;
}

std::pair<PerChannel, PerChannel> over_ranks(ProcessGroup& group, const PerChannel& first, const PerChannel& second) {
  auto both = first;
  both.insert(both.end(), second.begin(), second.end());
  const auto all = summed(group, both);
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(first.size());
  return {PerChannel(all.begin(), middle), PerChannel(middle, all.end())};
}

c10::IValue kept(const std::shared_ptr<ProcessGroup>& group) {
  if (group == nullptr) return {};
  return c10::IValue::make_capsule(c10::make_intrusive<KeptGroup>(group));
}

std::shared_ptr<ProcessGroup> group_in(const c10::IValue& value) {
  if (value.isNone()) return nullptr;
  return static_cast<KeptGroup*>(value.toCapsule().get())->group;
}

}  // namespace semblant
