import type { ClientRequest } from '../protocol/packet';
import type { Link } from './link';

/**
 * What a link is used for: IM now, chatrooms as another folder beside `im/`. A link belongs to the
 * service whose login command (26_3, 36_2) arrives first; until then commands go to the first service.
 */
export interface LinkService {
  readonly name: string;
  /** `sid_cid` of the command that makes a link this service's own. */
  readonly loginCommand: string;
  /**
   * The command's handler, or undefined when this service does not implement it.
   * A handler returns the reply's items, or undefined for commands that have no reply;
   * it throws a Refusal to answer with a code.
   */
  handler(command: string): CommandHandler | undefined;
  /** Whom a login request is for, so that faults of one account can strike it. */
  accountOfLogin(request: ClientRequest): string | undefined;
  /** The socket of a link of this service has gone. */
  linkClosed(link: Link): void;
}

export type CommandResult = unknown[] | undefined;
export type CommandHandler = (
  link: Link,
  request: ClientRequest,
) => CommandResult | Promise<CommandResult>;
