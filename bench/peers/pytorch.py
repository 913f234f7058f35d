"""The peer of bench/: the same ResNet18, loss and optimizer in PyTorch. Reads one JSON order a line, answers with seconds."""
import json
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.fx.experimental.optimization import fuse

from clock import timed

order = json.loads(sys.argv[1])
torch.set_num_threads(order["threads"])
torch.manual_seed(0)
bf16 = order["precision"] == "bfloat16"
device = order.get("device", "cpu")


class Block(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(i, o, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(o)
        self.conv2 = nn.Conv2d(o, o, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(o)
        self.downsample = None if stride == 1 and i == o else nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet18(nn.Module):
    """3x3 stem and pool, as the `3x3-pool` stem of ours."""

    def __init__(self, width, dimensions):
        super().__init__()
        self.conv1 = nn.Conv2d(1, width, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        blocks = []
        i = width
        for level in range(4):
            o = width * 2**level
            blocks += [Block(i, o, 1 if level == 0 else 2), Block(o, o, 1)]
            i = o
        self.layers = nn.Sequential(*blocks)
        self.fc = nn.Linear(i, dimensions)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        return self.fc(F.adaptive_avg_pool2d(self.layers(x), 1).flatten(1))


def sgm(z, y, classes):
    known = F.one_hot(y, classes).float()
    mu = known.t() @ z / known.sum(0).unsqueeze(1)
    s = -((z.unsqueeze(1) - mu.unsqueeze(0)) ** 2).sum(2) / 2
    return ((s.softmax(1) - known) ** 2).sum(1).mean()


network = ResNet18(order["width"], 64).to(device).to(memory_format=torch.channels_last)
optimizer = torch.optim.Adam(network.parameters(), lr=1e-4)
x = torch.randn(order["batch"], 1, order["size"], order["size"], device=device).contiguous(memory_format=torch.channels_last)
y = (torch.arange(order["batch"]) % 8).to(device)


def train():
    optimizer.zero_grad()
    with torch.autocast(device, dtype=torch.bfloat16, enabled=bf16):
        z = network(x)
    loss = sgm(z.float(), y, 8)
    loss.backward()
    optimizer.step()
    return loss.item()


def folded():
    """The network as one that is only asked: batch norm inside the convolutions before it."""
    return fuse(network.eval()).to(memory_format=torch.channels_last)


asked_network = folded() if order.get("folded") else network


def embed():
    with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16, enabled=bf16):
        return asked_network(x).float().cpu().numpy().sum()


print(json.dumps({"version": torch.__version__, "threads": torch.get_num_threads(), "blas": torch.__config__.show()}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    network.train(asked["do"] == "train")
    run = train if asked["do"] == "train" else embed

    def all_of_them():
        for _ in range(asked["times"]):
            run()

    timed(all_of_them)
