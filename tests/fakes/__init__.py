"""The five services as strict servers on this machine: they keep state, judge every request, and fail when told to.

By hand: `python -m tests.fakes visisign --port 8001`; what people do there is told by `POST /__test__/sign {...}`.
"""
