import type { ClientRequest } from '../protocol/packet';
import type { Link } from './link';

/**
 * Handles the commands of a link: IM (`im/`) or chatroom (`chatroom/`). A link belongs to the service whose
 * login command (26_3, 36_2) arrives first; until then the first service gets its commands.
 */
export interface LinkService {
  readonly name: string;
  /** Login command as `sid_cid`; the first link command that matches assigns the link to this service. */
  readonly loginCommand: string;
  /**
   * Returns the handler of a command, or undefined when this service does not implement the command. A handler
   * returns the items of the reply, or undefined for commands without a reply, and throws a Refusal to answer
   * with a code.
   */
  handler(command: string): CommandHandler | undefined;
  /** Returns the account of a login request, so that faults limited to an account can apply to the request. */
  accountOfLogin(request: ClientRequest): string | undefined;
  /** Called when the socket of a link of this service has closed. */
  linkClosed(link: Link): void;
}

export type CommandResult = unknown[] | undefined;
export type CommandHandler = (
  link: Link,
  request: ClientRequest,
) => CommandResult | Promise<CommandResult>;
