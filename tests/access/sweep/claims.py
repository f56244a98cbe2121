"""What was claimed, and what came out otherwise."""


class Claims:
    def __init__(self, later):
        self.later, self.passed, self.failed, self.waited = later, 0, [], set()

    def __call__(self, good, claim):
        if good:
            self.passed += 1
            return True
        for part in self.later:
            if part in claim:
                self.waited.add(part)
                return False
        self.failed.append(claim)
        return False
