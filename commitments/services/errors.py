"""Why a verb refuses. The message is for the person who asked."""


class ServiceError(Exception):
    """Something was asked that cannot be done as things stand."""


class AlreadyJudgedError(ServiceError):
    """Somebody judged the statement in the meantime."""


class DeadlineNotReadError(ServiceError):
    """No deadline was found in the words, or the days make no interval."""


class NotUndoneError(ServiceError):
    """The judgement cannot be undone: something was built on it."""
