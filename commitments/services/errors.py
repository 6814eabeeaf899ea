"""Why a verb refuses. The message is for the person who asked."""


class ServiceError(Exception):
    """Something was asked that cannot be done as things stand."""


class AlreadyJudgedError(ServiceError):
    """Somebody judged the statement in the meantime."""


class DeadlineNotReadError(ServiceError):
    """No deadline was found in the words, or the days make no interval."""


class NotAllowedError(ServiceError):
    """The move is not in the table of moves, or lacks what it needs."""


class NotUndoneError(ServiceError):
    """The judgement cannot be undone: something was built on it."""


class ChangedMeanwhileError(ServiceError):
    """Somebody changed the statement since it was shown."""


class NotHereError(ServiceError):
    """The words do not stand in the speech, or another statement stands at their place."""


class RoleError(ServiceError):
    """The role in the office does not go as far as that."""
