// What JavaScript holds of a store; apart, since c10d's headers are long.
#pragma once

#ifdef SEMBLANT_C10D

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace semblant {

using Store = c10d::Store;

struct HeldStore {
  c10::intrusive_ptr<Store> server;  // the connection, and the store itself where it is kept here
  c10::intrusive_ptr<Store> keys;    // the same, with a prefix before each key
};

}  // namespace semblant

#endif
