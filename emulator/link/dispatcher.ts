import type { Faults } from '../faults/faults';
import type { ClientRequest } from '../protocol/packet';
import { packCode, Reason, Refusal } from '../protocol/reasons';
import type { EmulatorLog } from './emulator-log';
import type { Link } from './link';
import type { CommandHandler, LinkService } from './link-service';

const HEARTBEAT = '1_2';

/** Routes requests to services, applies command faults, and sends the answers. */
export class Dispatcher {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly services: readonly LinkService[],
    private readonly faults: Faults,
    private readonly log: EmulatorLog,
  ) {}

  private serviceOf(link: Link, command: string): LinkService | undefined {
    if (link.service === undefined) {
      const opened = this.services.find((service) => service.loginCommand === command);
      if (opened) link.service = opened.name;
      return opened ?? this.services[0];
    }
    return this.services.find((service) => service.name === link.service);
  }

  /** Handles a request including its answer. Never throws. */
  async dispatch(link: Link, request: ClientRequest): Promise<void> {
    const { command } = request;
    this.log.recordRequest(command);
    const service = this.serviceOf(link, command);
    const handler = service?.handler(command);
    const accountId =
      command === service?.loginCommand ? service.accountOfLogin(request) : link.accountId;
    const fault = this.faults.strike(
      'command',
      { accountId, service: service?.name },
      (candidate) =>
        candidate.command === '*' ? command !== HEARTBEAT : candidate.command === command,
    );
    if (fault?.drop === 'request') return;
    const answer =
      fault?.code !== undefined
        ? { code: fault.code, r: [] }
        : await this.run(handler, link, request);
    if (!answer || fault?.drop === 'reply') return;
    const send = (): void => link.reply(request, packCode(request.sid, answer.code), answer.r);
    if (fault?.delayMs) this.later(fault.delayMs, send);
    else send();
  }

  private async run(
    handler: CommandHandler | undefined,
    link: Link,
    request: ClientRequest,
  ): Promise<{ code: number; r: unknown[] } | undefined> {
    if (!handler) {
      this.log.recordUnimplemented(request.command);
      return { code: Reason.notInEmulator, r: [] };
    }
    try {
      const result = handler(link, request);
      // A synchronous handler must be answered synchronously: two sends in a row keep their order.
      const r = result instanceof Promise ? await result : result;
      return r && { code: Reason.success, r };
    } catch (error) {
      if (error instanceof Refusal) return { code: error.code, r: [] };
      this.log.printDefect(request.command, error);
      return { code: Reason.serverInternalError, r: [] };
    }
  }

  private later(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      action();
    }, delayMs);
    this.timers.add(timer);
  }

  /** Tells the service of a link that the link has closed. */
  linkClosed(link: Link): void {
    this.services.find((service) => service.name === link.service)?.linkClosed(link);
  }

  dispose(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
