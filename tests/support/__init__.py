"""What tests share: builders, fakes, in-line runners."""
