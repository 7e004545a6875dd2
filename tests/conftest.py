"""What every test may count on."""

from __future__ import annotations

import signal

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a suite started in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)
