/**
 * Gymnasium's error classes, for whoever tells errors apart by class. All are EnvErrors, by class and by name: one clear
 * line, written for people.
 */
import { EnvError } from './errors.ts';

/** The registry does not know the environment that was asked for. */
export class UnregisteredEnv extends EnvError {}
/** Nothing is registered under this namespace. */
export class NamespaceNotFound extends UnregisteredEnv {}
/** The namespace has no environment of this name. */
export class NameNotFound extends UnregisteredEnv {}
/** The environment has no such version. */
export class VersionNotFound extends UnregisteredEnv {}
/** There is a newer version only. */
export class DeprecatedEnv extends EnvError {}
/** The id cannot be registered beside those that are. */
export class RegistrationError extends EnvError {}

/** The environment does not render in the mode that was asked for. */
export class UnsupportedMode extends EnvError {}
/** A step or a picture before the first reset. */
export class ResetNeeded extends EnvError {}
/** An action that is not in the action space. */
export class InvalidAction extends EnvError {}
/** A probability outside of [0, 1]. */
export class InvalidProbability extends EnvError {}
/** A bound or a size that a wrapper cannot work with. */
export class InvalidBound extends EnvError {}

/** A second call while the first is still under way. */
export class AlreadyPendingCallError extends EnvError {}
/** Waiting for a call that was never made. */
export class NoAsyncCallError extends EnvError {}
/** A call after `close`. */
export class ClosedEnvironmentError extends EnvError {}
