#include "process-store.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "external.h"
#include "process-store-held.h"

#ifdef SEMBLANT_C10D
#include <c10/util/Logging.h>
#endif

namespace semblant {

#ifdef SEMBLANT_C10D

namespace {

using std::chrono::milliseconds;

milliseconds milliseconds_of(double seconds) { return milliseconds(std::max<int64_t>(1, static_cast<int64_t>(seconds * 1000))); }

/** What c10d logs comes as an error as well, in our words; TORCH_CPP_LOG_LEVEL, if it is set, says otherwise. */
void keep_c10d_quiet() {
  constexpr int fatal = 3;
  if (std::getenv("TORCH_CPP_LOG_LEVEL") != nullptr) return;
#ifdef C10_USE_GLOG
  FLAGS_minloglevel = fatal;
#else
  FLAGS_caffe2_log_level = fatal;
#endif
}

Store& store_of(napi_env env, napi_value handle) {
  auto& store = *holding<HeldStore>(env, handle);
  if (!store.keys) throw std::invalid_argument("the store is closed");
  return *store.keys;
}

}  // namespace

napi_value open_store(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<5> args(env, info);
    keep_c10d_quiet();
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(integer(env, args[1]));
    options.isServer = boolean(env, args[2]);
    options.waitWorkers = false;
    options.timeout = milliseconds_of(number(env, args[3]));
    auto own = std::make_shared<HeldStore>();
    own->server = c10::make_intrusive<c10d::TCPStore>(string(env, args[0]), options);
    own->keys = c10::make_intrusive<c10d::PrefixStore>(string(env, args[4]), own->server);
    return held(env, own);
  });
}

napi_value store_set(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> args(env, info);
    const auto text = string(env, args[2]);
    store_of(env, args[0]).set(string(env, args[1]), std::vector<uint8_t>(text.begin(), text.end()));
    return undefined(env);
  });
}

napi_value store_get(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> args(env, info);
    auto& store = store_of(env, args[0]);
    const auto key = string(env, args[1]);
    const auto limit = milliseconds_of(number(env, args[2]));
    const auto begun = std::chrono::steady_clock::now();
    try {
      store.wait({key}, limit);
    } catch (const std::exception&) {
      if (std::chrono::steady_clock::now() - begun + milliseconds(20) >= limit) return null(env);
      throw;
    }
    const auto bytes = store.get(key);
    return to_js(env, std::string(bytes.begin(), bytes.end()));
  });
}

napi_value store_has(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    return to_js(env, store_of(env, args[0]).check({string(env, args[1])}));
  });
}

napi_value store_add(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> args(env, info);
    return to_js(env, static_cast<double>(store_of(env, args[0]).add(string(env, args[1]), integer(env, args[2]))));
  });
}

napi_value close_store(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    auto& store = *holding<HeldStore>(env, args[0]);
    store.keys.reset();
    store.server.reset();
    return undefined(env);
  });
}

#else

namespace {

napi_value absent(napi_env env) {
  return guarded(env, [&]() -> napi_value { throw std::invalid_argument("the addon was built without c10d"); });
}

}  // namespace

napi_value open_store(napi_env env, napi_callback_info) { return absent(env); }
napi_value store_set(napi_env env, napi_callback_info) { return absent(env); }
napi_value store_get(napi_env env, napi_callback_info) { return absent(env); }
napi_value store_has(napi_env env, napi_callback_info) { return absent(env); }
napi_value store_add(napi_env env, napi_callback_info) { return absent(env); }
napi_value close_store(napi_env env, napi_callback_info) { return absent(env); }

#endif

/** By a socket that sends nothing: the system says which of its addresses it would send from. */
napi_value route_to(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    addrinfo hints = {};
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    const auto port = std::to_string(integer(env, args[1]));
    if (getaddrinfo(string(env, args[0]).c_str(), port.c_str(), &hints, &found) != 0) return null(env);
    std::string address;
    for (auto* each = found; each != nullptr && address.empty(); each = each->ai_next) {
      const int descriptor = socket(each->ai_family, each->ai_socktype, each->ai_protocol);
      if (descriptor < 0) continue;
      sockaddr_storage own = {};
      socklen_t length = sizeof own;
      char text[NI_MAXHOST];
      if (connect(descriptor, each->ai_addr, each->ai_addrlen) == 0 && getsockname(descriptor, reinterpret_cast<sockaddr*>(&own), &length) == 0 &&
          getnameinfo(reinterpret_cast<sockaddr*>(&own), length, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0) {
        address = text;
      }
      close(descriptor);
    }
    freeaddrinfo(found);
    return address.empty() ? null(env) : to_js(env, address);
  });
}

napi_value backends(napi_env env, napi_callback_info) {
  return guarded(env, [&] {
    std::vector<std::string> names;
#ifdef SEMBLANT_GLOO
    names.emplace_back("gloo");
#endif
#ifdef SEMBLANT_NCCL
    names.emplace_back("nccl");
#endif
    return list(env, names.size(), [&](size_t i) { return to_js(env, names[i]); });
  });
}

}  // namespace semblant
