#include "interruption.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>

namespace semblant {
namespace {

constexpr int signals[] = {SIGINT, SIGTERM};

struct sigaction before[2];  // Node's, which are told of the first signal as well
std::string unbegun_words;
std::string begun_words;
volatile sig_atomic_t watching = 0;
volatile sig_atomic_t begun = 0;
volatile sig_atomic_t heard = 0;
volatile sig_atomic_t patient = 0;

void say(const std::string& words) {
  for (size_t done = 0; done < words.size();) {
    const ssize_t count = write(STDERR_FILENO, words.data() + done, words.size() - done);
    if (count < 0 && errno != EINTR) return;  // nobody is left to be told
    if (count > 0) done += static_cast<size_t>(count);
  }
}

/** Runs between any two instructions: it may only write, end the process, or hand on. */
void hear(int number) {
  const int kept = errno;
  if (!begun) say(unbegun_words);
  if (!begun || (heard && !patient)) _exit(128 + number);
  if (heard) return;  // nothing was written: errno is as it was
  heard = 1;
  say(begun_words);
  const auto next = before[number == SIGINT ? 0 : 1].sa_handler;
  if (next != SIG_DFL && next != SIG_IGN) next(number);
  errno = kept;
}

void unwatch() {
  if (!watching) return;
  for (int i = 0; i < 2; i++) sigaction(signals[i], &before[i], nullptr);
  watching = 0;
}

}  // namespace

/**
 * watch_interruption(words where nothing is begun, words else, patient): ends the process at the first SIGINT or SIGTERM, or at the
 * second. Who is patient does not mind a second one.
 */
napi_value watch_interruption(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> args(env, info);
    unwatch();
    unbegun_words = string(env, args[0]);
    begun_words = string(env, args[1]);
    begun = heard = 0;
    patient = boolean(env, args[2]) ? 1 : 0;
    struct sigaction action = {};
    action.sa_handler = hear;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int number : signals) sigaddset(&action.sa_mask, number);
    for (int i = 0; i < 2; i++) sigaction(signals[i], nullptr, &before[i]);
    watching = 1;
    for (int i = 0; i < 2; i++) sigaction(signals[i], &action, nullptr);
    return null(env);
  });
}

/** interruption_begun(): from here on the first signal only asks. */
napi_value interruption_begun(napi_env env, napi_callback_info) {
  return guarded(env, [&] {
    begun = 1;
    return null(env);
  });
}

/** unwatch_interruption(): the signals are Node's again. */
napi_value unwatch_interruption(napi_env env, napi_callback_info) {
  return guarded(env, [&] {
    unwatch();
    return null(env);
  });
}

}  // namespace semblant
