import { MessageTag, MessageType } from '../protocol/tags';
import type { World } from '../world/world';

/** Account that answers every p2p message with the same content. */
export const ECHO_ACCOUNT = 'echo';

/** Answers every p2p message to ECHO_ACCOUNT with the same content. The returned function stops the bot. */
export function startEchoBot(world: World, delayMs: number): () => void {
  const timers = new Set<NodeJS.Timeout>();
  const stop = world.events.on('message', ({ message }) => {
    if (message.type !== 'p2p' || message.receiverId !== ECHO_ACCOUNT) return;
    if (message.senderId === ECHO_ACCOUNT) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      const attachment = message.tags[MessageTag.attachment];
      world.sendMessage({
        from: ECHO_ACCOUNT,
        to: message.senderId,
        messageType: message.messageType,
        text: message.messageType === MessageType.text ? `🔁 ${message.text}` : message.text,
        ...(typeof attachment === 'string' ? { attachment } : {}),
      });
    }, delayMs);
    timers.add(timer);
  });
  return () => {
    stop();
    for (const timer of timers) clearTimeout(timer);
  };
}
