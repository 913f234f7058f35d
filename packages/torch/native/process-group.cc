#include "process-group.h"

#include "external.h"
#include "process-store-held.h"

#ifdef SEMBLANT_C10D

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/api/include/torch/version.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <mutex>

#ifdef SEMBLANT_GLOO
#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif
#ifdef SEMBLANT_NCCL
#define USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

namespace semblant {
namespace {

#if TORCH_VERSION_MAJOR >= 2
using Communicator = c10d::Backend;  // a process group is a set of these since libtorch 2
#else
using Communicator = c10d::ProcessGroup;
#endif
using Work = c10d::Work;
using std::chrono::milliseconds;

#ifdef SEMBLANT_GLOO
/** Gloo's group, whose connections can be closed while a collective waits. */
struct Gloo final : public c10d::ProcessGroupGloo {
  using c10d::ProcessGroupGloo::ProcessGroupGloo;

  void cut() {
    for (const auto& context : contexts_) context->closeConnections();
  }
};
#endif

/** Numbers of these types are summed as they are; the rest as float32. */
bool summed_as_is(at::ScalarType type) { return type == at::kFloat || type == at::kDouble || type == at::kLong || type == at::kInt; }

/** Below this, each rank sends its numbers to each: one message's time, where a ring takes that of twice as many as there are ranks. */
constexpr int64_t few_bytes = 1 << 16;

}  // namespace

class ProcessGroup {
 public:
  struct Options {
    int rank;
    int size;
    std::string backend;
    std::string address;
    milliseconds limit;
    at::Device device;  // where numbers have to lie
  };

  ProcessGroup(const c10::intrusive_ptr<Store>& store, const Options& options)
      : rank_(options.rank), size_(options.size), options_(options), store_(store) {
    group_ = connect(store);
  }

  /** What still goes on would be waited for, and nobody may come any more. */
  ~ProcessGroup() {
    cut();
    close();
  }

  void sum(const std::vector<at::Tensor>& tensors) {
    const at::NoGradGuard no_grad;
    std::vector<at::Tensor> left = tensors;
    while (!left.empty()) {
      std::vector<at::Tensor> alike, others;
      for (const auto& tensor : left) (goes_with(tensor, left[0]) ? alike : others).push_back(tensor);
      sum_alike(alike);
      left = std::move(others);
    }
  }

  at::Tensor sum_of(const at::Tensor& numbers) {
    auto result = numbers.clone();
    sum({result});
    return result;
  }

  at::Tensor gather(const at::Tensor& rows, std::vector<int64_t> counts) {
    const at::NoGradGuard no_grad;
    const auto own = carried(rows.contiguous());
    auto sizes = rows.sizes().vec();
    sizes[0] = 0;
    for (const auto count : counts) sizes[0] += count;
    const auto all = at::empty(sizes, own.options());
    exchange(own, all, std::move(counts));
    return all.to(rows.device());
  }

  void broadcast(const at::Tensor& tensor, int from) {
    const at::NoGradGuard no_grad;
    const auto values = carried(tensor.contiguous());
    std::vector<at::Tensor> sent = {bytes_of(values)};
    c10d::BroadcastOptions options;
    options.rootRank = from;
    wait(sent[0].nbytes(), [&](Communicator& group) { return group.broadcast(sent, options); });
    if (!values.is_alias_of(tensor)) tensor.copy_(values);
  }

  /** Connections of their own for sums that go on beside other collectives: each has an order of its own, so neither disturbs the other. */
  void connect_sums() {
    if (sums_) return;
    remembering([&] { sums_ = connect(c10::make_intrusive<c10d::PrefixStore>("sums", store_)); });
  }

  /** Waits on the thread that calls what comes back. */
  std::function<void()> begin_sum(const at::Tensor& flat) {
    std::vector<at::Tensor> sent = {flat};
    c10::intrusive_ptr<Work> work;
    remembering([&] { work = (sums_ ? *sums_ : connected()).allreduce(sent); });
    count(flat.nbytes());
    return [this, work] { remembering([&] { work->wait(); }); };
  }

  /** By a sum: NCCL's own barrier guesses a GPU. */
  void barrier() { sum_flat(at::zeros({1}, at::TensorOptions(options_.device))); }

  /** Where numbers of that device have to lie. */
  at::Device place_of(at::Device own) const { return own.type() == options_.device.type() ? own : options_.device; }

  /** Seconds that threads waited for the others, bytes that were handed over, and how often. */
  std::array<double, 3> spent() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return spent_;
  }

  std::string failure() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return failure_;
  }

  void cut() {
#ifdef SEMBLANT_GLOO
    for (const auto& gloo : gloos_) gloo->cut();
#endif
  }

  void close() {
#ifdef SEMBLANT_GLOO
    gloos_.clear();
#endif
    sums_.reset();
    group_.reset();
    store_.reset();
  }

 private:
  c10::intrusive_ptr<Communicator> connect(const c10::intrusive_ptr<Store>& store) {
#ifdef SEMBLANT_GLOO
    if (options_.backend == "gloo") {
      auto gloo = Gloo::Options::create(options_.limit);
      const char* const interface = std::getenv("GLOO_SOCKET_IFNAME");  // as PyTorch has it
      const bool named = interface != nullptr && *interface != '\0';
      gloo->devices.push_back(named ? Gloo::createDeviceForInterface(interface) : Gloo::createDeviceForHostname(options_.address));
      gloo->threads = 2;
      gloos_.push_back(c10::make_intrusive<Gloo>(store, options_.rank, options_.size, gloo));
      return gloos_.back();
    }
#endif
#ifdef SEMBLANT_NCCL
    if (options_.backend == "nccl") {
      // So that a wait throws when its time is over, rather than ending the process from another thread.
      for (const char* name : {"NCCL_BLOCKING_WAIT", "TORCH_NCCL_BLOCKING_WAIT"}) setenv(name, "1", 0);
      auto nccl = c10d::ProcessGroupNCCL::Options::create();
      nccl->timeout = options_.limit;
      return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, options_.rank, options_.size, nccl);
    }
#endif
    throw std::invalid_argument("the addon was built without " + options_.backend);
  }

  static bool goes_with(const at::Tensor& a, const at::Tensor& b) { return a.scalar_type() == b.scalar_type() && a.device() == b.device(); }

  /** Where the backend takes it from: Gloo's numbers lie on the CPU, NCCL's on a GPU. */
  at::Tensor carried(const at::Tensor& tensor) const {
    return tensor.to(place_of(tensor.device()));
  }

  void sum_alike(const std::vector<at::Tensor>& tensors) {
    const auto& first = tensors[0];
    const auto type = summed_as_is(first.scalar_type()) ? first.scalar_type() : at::kFloat;
    const bool alone = tensors.size() == 1 && first.is_contiguous() && type == first.scalar_type() && place_of(first.device()) == first.device();
    if (alone) return sum_flat(first.view({-1}));
    int64_t length = 0;
    for (const auto& tensor : tensors) length += tensor.numel();
    auto flat = at::empty({length}, first.options().dtype(type));
    each_part(flat, tensors, [](const at::Tensor& part, const at::Tensor& tensor) { part.copy_(tensor); });
    auto carrying = carried(flat);
    sum_flat(carrying);
    if (!carrying.is_alias_of(flat)) flat.copy_(carrying);
    each_part(flat, tensors, [](const at::Tensor& part, const at::Tensor& tensor) { tensor.copy_(part); });
  }

  template <typename Body>
  static void each_part(const at::Tensor& flat, const std::vector<at::Tensor>& tensors, Body body) {
    int64_t from = 0;
    for (const auto& tensor : tensors) {
      body(flat.narrow(0, from, tensor.numel()).view(tensor.sizes()), tensor);
      from += tensor.numel();
    }
  }

  void sum_flat(at::Tensor flat) {
    if (flat.numel() == 0) return;
    if (size_ > 2 && static_cast<int64_t>(flat.nbytes()) <= few_bytes) return sum_few(flat);
    std::vector<at::Tensor> sent = {flat};
    wait(flat.nbytes(), [&](Communicator& group) { return group.allreduce(sent); });
  }

  /** In the order of the ranks, so that all have the same bits. */
  void sum_few(const at::Tensor& flat) {
    const auto count = flat.numel();
    const auto all = at::empty({size_ * count}, flat.options());
    exchange(flat, all, std::vector<int64_t>(static_cast<size_t>(size_), count));
    flat.copy_(all.narrow(0, 0, count));
    for (int64_t i = 1; i < size_; i++) flat.add_(all.narrow(0, i * count, count));
  }

  /** As they lie in memory: Gloo knows few types. */
  static at::Tensor bytes_of(const at::Tensor& tensor) { return tensor.view({-1}).view(at::kByte); }

  /** Each rank sends its rows to each. */
  void exchange(const at::Tensor& own, const at::Tensor& all, std::vector<int64_t> counts) {
    const int64_t row = static_cast<int64_t>(all.nbytes()) / std::max<int64_t>(1, all.size(0));
    for (auto& count : counts) count *= row;
    auto arriving = bytes_of(all);
    auto leaving = bytes_of(own).repeat({size_});
    std::vector<int64_t> sizes(static_cast<size_t>(size_), leaving.numel() / size_);
    wait(own.nbytes(), [&](Communicator& group) { return group.alltoall_base(arriving, leaving, counts, sizes); });
  }

  Communicator& connected() {
    if (!group_) throw std::invalid_argument("the group is closed");
    return *group_;
  }

  /** Begins a collective and waits for it. */
  template <typename Begin>
  void wait(size_t bytes, Begin begin) {
    remembering([&] { begin(connected())->wait(); });
    count(bytes);
  }

  void count(size_t bytes) {
    const std::lock_guard<std::mutex> lock(mutex_);
    spent_[1] += static_cast<double>(bytes);
    spent_[2] += 1;
  }

  /** Keeps how long it took, and what went wrong: a backward pass may tell it in other words, on another thread. */
  template <typename Body>
  void remembering(Body body) {
    const auto began = std::chrono::steady_clock::now();
    try {
      body();
      const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
      const std::lock_guard<std::mutex> lock(mutex_);
      spent_[0] += seconds.count();
    } catch (const std::exception& error) {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (failure_.empty()) failure_ = first_line(error.what());
      throw;
    }
  }

  int64_t rank_;
  int64_t size_;
  Options options_;
  c10::intrusive_ptr<Store> store_;
  c10::intrusive_ptr<Communicator> group_;
  c10::intrusive_ptr<Communicator> sums_;
#ifdef SEMBLANT_GLOO
  std::vector<c10::intrusive_ptr<Gloo>> gloos_;
#endif
  std::mutex mutex_;
  std::string failure_;
  std::array<double, 3> spent_{};
};

std::shared_ptr<ProcessGroup> group_of(napi_env env, napi_value handle) {
  return missing(env, handle) ? nullptr : holding<ProcessGroup>(env, handle);
}

at::Tensor sum_over_ranks(ProcessGroup& group, const at::Tensor& numbers) { return group.sum_of(numbers); }

void connect_sums(ProcessGroup& group) { group.connect_sums(); }

std::function<void()> begin_sum(ProcessGroup& group, const at::Tensor& flat) { return group.begin_sum(flat); }

at::Device place_of(const ProcessGroup& group, at::Device own) { return group.place_of(own); }

napi_value open_group(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<7> args(env, info);
    const auto limit = milliseconds(static_cast<int64_t>(number(env, args[5]) * 1000));
    const ProcessGroup::Options options{static_cast<int>(integer(env, args[1])), static_cast<int>(integer(env, args[2])), string(env, args[3]),
                                        string(env, args[4]), limit, at::Device(string(env, args[6]))};
    return held(env, std::make_shared<ProcessGroup>(holding<HeldStore>(env, args[0])->keys, options));
  });
}

napi_value group_sum(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    group_of(env, args[0])->sum(unwrap_all(env, args[1]));
    return undefined(env);
  });
}

napi_value group_gather(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> args(env, info);
    return wrap(env, group_of(env, args[0])->gather(unwrap(env, args[1]), integers(env, args[2])));
  });
}

napi_value group_broadcast(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> args(env, info);
    group_of(env, args[0])->broadcast(unwrap(env, args[1]), static_cast<int>(integer(env, args[2])));
    return undefined(env);
  });
}

napi_value group_barrier(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    group_of(env, args[0])->barrier();
    return undefined(env);
  });
}

napi_value group_spent(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    const auto spent = group_of(env, args[0])->spent();
    return list(env, spent.size(), [&](size_t i) { return to_js(env, spent[i]); });
  });
}

napi_value group_failure(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    const auto failure = group_of(env, args[0])->failure();
    return failure.empty() ? null(env) : to_js(env, failure);
  });
}

napi_value cut_group(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    group_of(env, args[0])->cut();
    return undefined(env);
  });
}

napi_value close_group(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    group_of(env, args[0])->close();
    return undefined(env);
  });
}

}  // namespace semblant

#else

namespace semblant {

namespace {

napi_value absent(napi_env env) {
  return guarded(env, [&]() -> napi_value { throw std::invalid_argument("the addon was built without c10d"); });
}

}  // namespace

class ProcessGroup {};

std::shared_ptr<ProcessGroup> group_of(napi_env, napi_value) { return nullptr; }
at::Tensor sum_over_ranks(ProcessGroup&, const at::Tensor& numbers) { return numbers; }
void connect_sums(ProcessGroup&) {}
std::function<void()> begin_sum(ProcessGroup&, const at::Tensor&) {
  return [] {};
}
at::Device place_of(const ProcessGroup&, at::Device own) { return own; }
napi_value open_group(napi_env env, napi_callback_info) { return absent(env); }
napi_value group_sum(napi_env env, napi_callback_info) { return absent(env); }
napi_value group_gather(napi_env env, napi_callback_info) { return absent(env); }
napi_value group_broadcast(napi_env env, napi_callback_info) { return absent(env); }
napi_value group_barrier(napi_env env, napi_callback_info) { return absent(env); }
napi_value group_spent(napi_env env, napi_callback_info) { return absent(env); }
napi_value group_failure(napi_env env, napi_callback_info) { return absent(env); }
napi_value cut_group(napi_env env, napi_callback_info) { return absent(env); }
napi_value close_group(napi_env env, napi_callback_info) { return absent(env); }

}  // namespace semblant

#endif
