import type { WxSocketHost } from '@/connection/wx-socket-gate';

const TIMEOUT_MS = 8000;
/** socket.io 0.9: "connected". */
const CONNECTED_FRAME = '1::';

interface OpenedSocket {
  onMessage(handler: (data: unknown) => void): void;
  onEnd(handler: (reason: string) => void): void;
  close(): void;
}

/** Opens a further socket to the link, through the gate like every other, waits for `1::` and closes the socket. */
export function trySocket(url: string): Promise<void> {
  const socket = process.env.TARO_ENV === 'h5' ? openWeb(url) : openWx(url);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => end(() => reject(new Error(`no ${CONNECTED_FRAME} within ${TIMEOUT_MS} ms`))),
      TIMEOUT_MS,
    );
    const end = (settle: () => void) => {
      clearTimeout(timer);
      socket.close();
      settle();
    };
    socket.onMessage((data) => {
      if (typeof data === 'string' && data.startsWith(CONNECTED_FRAME)) end(resolve);
    });
    socket.onEnd((reason) => end(() => reject(new Error(reason || 'closed before it was ready'))));
  });
}

function openWx(url: string): OpenedSocket {
  const task = (wx as unknown as WxSocketHost).connectSocket({ url });
  return {
    onMessage: (handler) => task?.onMessage((event) => handler((event as { data?: unknown }).data)),
    onEnd: (handler) => task?.onClose(({ code, reason }) => handler(`${code} ${reason}`.trim())),
    close: () => task?.close({ code: 1000 }),
  };
}

function openWeb(url: string): OpenedSocket {
  const socket = new WebSocket(url);
  return {
    onMessage: (handler) => socket.addEventListener('message', ({ data }) => handler(data)),
    onEnd: (handler) =>
      socket.addEventListener('close', ({ code, reason }) => handler(`${code} ${reason}`.trim())),
    close: () => socket.close(1000),
  };
}
