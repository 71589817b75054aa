/**
 * Gymnasium's error classes, for whoever tells errors apart by class. All are EnvErrors, by class and by name: one clear
 * line, written for people.
 */
import { EnvError } from './errors.ts';

/** The registry does not know the environment that was asked for. */
export class UnregisteredEnv extends EnvError {}
export class NamespaceNotFound extends UnregisteredEnv {}
export class NameNotFound extends UnregisteredEnv {}
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
export class InvalidProbability extends EnvError {}
export class InvalidBound extends EnvError {}

/** A second call while the first is still under way. */
export class AlreadyPendingCallError extends EnvError {}
/** Waiting for a call that was never made. */
export class NoAsyncCallError extends EnvError {}
export class ClosedEnvironmentError extends EnvError {}
