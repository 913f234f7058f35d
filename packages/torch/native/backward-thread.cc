#include "backward-thread.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace semblant {
namespace {

/** One thread that lives as long as the process: OpenMP keeps a team of helpers for each, which a new one would start again. */
class Worker {
 public:
  void begin(at::Tensor output, int threads) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (output_.defined()) throw std::invalid_argument("a backward pass is under way");
    if (!started_) std::thread([this] { work(); }).detach();
    started_ = true;
    output_ = std::move(output);
    threads_ = threads;
    failure_ = nullptr;
    asked_.notify_one();
  }

  void end() {
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [this] { return !output_.defined(); });
    if (failure_ != nullptr) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

 private:
  void work() {
    for (std::unique_lock<std::mutex> lock(mutex_);;) {
      asked_.wait(lock, [this] { return output_.defined(); });
      lock.unlock();
      try {
        at::set_num_threads(threads_);
        torch::autograd::backward({output_}, {});
      } catch (...) {
        failure_ = std::current_exception();
      }
      lock.lock();
      output_.reset();
      done_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable asked_;
  std::condition_variable done_;
  at::Tensor output_;
  std::exception_ptr failure_;
  int threads_ = 1;
  bool started_ = false;
};

/** Each thread of JavaScript has its own; never taken down, so that none is at work in something gone when the process ends. */
Worker& worker() {
  thread_local Worker* const own = new Worker;
  return *own;
}

}  // namespace

/** begin_backward(scalar): as backward, on another thread; `end_backward` has to follow. */
napi_value begin_backward(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    worker().begin(unwrap(env, args[0]), at::get_num_threads());
    return undefined(env);
  });
}

/** end_backward(): waits until it is done, and throws what it threw. */
napi_value end_backward(napi_env env, napi_callback_info) {
  return guarded(env, [&] {
    worker().end();
    return undefined(env);
  });
}

}  // namespace semblant
