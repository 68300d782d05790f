/** The part of `wx` that a kit uses. */
export interface KitWx {
  request(options: {
    url: string;
    method?: 'GET' | 'POST';
    data?: unknown;
    success: (answer: { statusCode: number; data: unknown }) => void;
    fail: (failure: { errMsg: string }) => void;
  }): unknown;
  connectSocket(options: { url: string; fail?: (failure: { errMsg: string }) => void }): KitSocket;
}

export interface KitSocket {
  onMessage(handler: (event: { data: unknown }) => void): void;
  onClose(handler: (event: { code: number; reason: string }) => void): void;
  close(): void;
}

/** Makes an HTTP call of a kit to its own server. Rejects with the server's `{code, message}`. */
export function call(wx: KitWx, url: string, data?: unknown): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    wx.request({
      url,
      method: data === undefined ? 'GET' : 'POST',
      ...(data === undefined ? {} : { data }),
      success: ({ statusCode, data: answer }) =>
        statusCode < 300
          ? resolve(typeof answer === 'string' ? { text: answer } : (answer as never))
          : reject(answer as Error),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    });
  });
}

/** Opens a room socket as a kit's own chatroom SDK does: handshake, then `wx.connectSocket`, until `1::`. */
export async function openRoomSocket(wx: KitWx, address: string): Promise<KitSocket> {
  const { text = '' } = await call(wx, `http://${address}/socket.io/1/`);
  const [session = ''] = String(text).split(':');
  return await new Promise((resolve, reject) => {
    const socket = wx.connectSocket({
      url: `ws://${address}/socket.io/1/websocket/${session}`,
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    });
    socket.onMessage(({ data }) => {
      if (String(data).startsWith('1::')) resolve(socket);
    });
    socket.onClose(({ code, reason }) => reject(new Error(`${code} ${reason}`)));
  });
}
