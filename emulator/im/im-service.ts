import type { Link } from '../link/link';
import type { CommandHandler, CommandResult, LinkService } from '../link/link-service';
import type { ClientRequest } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { RequestItems, textOf } from '../protocol/request-items';
import { LoginTag } from '../protocol/tags';
import { clientHandlers } from './clients';
import { friendHandlers } from './friends';
import { historyHandlers } from './history';
import type { ImHandlers } from './im-command';
import type { ImServiceOptions } from './im-service-options';
import { login } from './login';
import { messageExtraHandlers } from './message-extras';
import { messageHandlers } from './messages';
import { miscHandlers } from './misc';
import { notificationHandlers } from './notifications';
import { passthroughHandlers } from './passthrough';
import { readPositionHandlers } from './read-positions';
import { recallHandlers } from './recalls';
import { removalHandlers } from './removals';
import { signallingHandlers } from './signalling';
import { subscriptionHandlers } from './subscriptions';
import { syncHandlers } from './sync';
import { teamCommandHandlers } from './team-commands';
import { teamReceiptHandlers } from './team-receipts';
import { teamHandlers } from './teams';
import { userHandlers } from './users';

const LOGIN = '26_3';
const HEARTBEAT = '1_2';

/** Service of the IM link: login and the commands of signed-in clients. */
export class ImService implements LinkService {
  readonly name = 'im';
  readonly loginCommand = LOGIN;
  private readonly handlers: ImHandlers = {
    ...clientHandlers,
    ...friendHandlers,
    ...historyHandlers,
    ...messageExtraHandlers,
    ...messageHandlers,
    ...miscHandlers,
    ...notificationHandlers,
    ...passthroughHandlers,
    ...readPositionHandlers,
    ...recallHandlers,
    ...removalHandlers,
    ...signallingHandlers,
    ...subscriptionHandlers,
    ...syncHandlers,
    ...teamCommandHandlers,
    ...teamHandlers,
    ...teamReceiptHandlers,
    ...userHandlers,
  };

  constructor(private readonly options: ImServiceOptions) {}

  handler(command: string): CommandHandler | undefined {
    if (command === LOGIN) return (link, request) => login(this.options, link, request);
    if (command === HEARTBEAT) return () => [];
    if (!Object.hasOwn(this.handlers, command)) return undefined;
    return (link, request) => this.handle(link, request);
  }

  private handle(link: Link, request: ClientRequest): CommandResult | Promise<CommandResult> {
    const session = this.options.sessions.ofLink(link);
    const handler = this.handlers[request.command];
    if (!session || !handler) throw new Refusal(Reason.forbidden, 'not signed in');
    return handler({
      session,
      accountId: session.accountId,
      items: new RequestItems(request.items),
      world: this.options.world,
      sessions: this.options.sessions,
      host: this.options.host(link),
    });
  }

  accountOfLogin(request: ClientRequest): string {
    return textOf(new RequestItems(request.items).property(0)[LoginTag.account]);
  }

  linkClosed(link: Link): void {
    const session = this.options.sessions.ofLink(link);
    if (session) this.options.sessions.removeSession(session);
  }
}
