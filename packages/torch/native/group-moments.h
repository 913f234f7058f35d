// What batch norm asks of the other processes: sums over all rows of all ranks. Both of its ways use this, so that ranks may differ in theirs.
#pragma once

#include <utility>

#include "process-group.h"

namespace semblant {

using PerChannel = std::vector<double>;

/** Of so many rows, by channel. The variance is the mean square distance from the mean. */
struct Moments {
  double rows = 0;
  PerChannel means;
  PerChannel variances;  // not a number where a row was none
};

/** Over the rows of all ranks, from those of one's own. */
Moments over_ranks(ProcessGroup& group, const Moments& own);

/** The sums over all ranks of two sums by channel. */
std::pair<PerChannel, PerChannel> over_ranks(ProcessGroup& group, const PerChannel& first, const PerChannel& second);

/** A group among what a backward pass keeps. */
c10::IValue kept(const std::shared_ptr<ProcessGroup>& group);
std::shared_ptr<ProcessGroup> group_in(const c10::IValue& value);

}  // namespace semblant
