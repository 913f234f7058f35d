#include "process-beat.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "external.h"
#include "process-store-held.h"

namespace semblant {

#ifdef SEMBLANT_C10D

namespace {

class Beat {
 public:
  Beat(c10::intrusive_ptr<Store> store, std::string key) : thread_([this, store, key] { work(*store, key); }) {}
  ~Beat() { stop(); }

  void stop() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stopping_ = true;
    }
    asked_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void work(Store& store, const std::string& key) {
    try {
      for (std::unique_lock<std::mutex> lock(mutex_); !stopping_; asked_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_; })) {
        const auto text = std::to_string(++count_);
        store.set(key, std::vector<uint8_t>(text.begin(), text.end()));
      }
    } catch (const std::exception&) {
      // The store is gone, and with it those who would ask.
    }
  }

  std::mutex mutex_;
  std::condition_variable asked_;
  bool stopping_ = false;
  int64_t count_ = 0;
  std::thread thread_;  // last, as it uses the others
};

}  // namespace

napi_value start_beat(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<4> args(env, info);
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(integer(env, args[1]));
    options.waitWorkers = false;
    const auto connection = c10::make_intrusive<c10d::TCPStore>(string(env, args[0]), options);
    const auto keys = c10::make_intrusive<c10d::PrefixStore>(string(env, args[2]), connection);
    return held(env, std::make_shared<Beat>(keys, string(env, args[3])));
  });
}

napi_value stop_beat(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    holding<Beat>(env, args[0])->stop();
    return undefined(env);
  });
}

#else

napi_value start_beat(napi_env env, napi_callback_info) { return null(env); }
napi_value stop_beat(napi_env env, napi_callback_info) { return null(env); }

#endif

}  // namespace semblant
