import { renderToStaticMarkup } from 'react-dom/server';
import { StoresProvider } from '@/components/page/stores-context';
import { MediaGrid } from '@/packages/search/media-grid';
import { MessageType } from '@/sdk/constants';
import type { AccountStores, RootStore } from '@/stores';
import { message } from '../stores/fakes/builders';

jest.mock('@tarojs/taro', () => ({}));
jest.mock('@tarojs/components', () => ({ View: 'div', Image: 'img' }));

const cloudStorage = {
  getThumbUrl: (url: string) => `${url}?thumb`,
  getVideoCoverUrl: (url: string) => `${url}?cover`,
};
const account = {
  connection: { services: { messageCreator: { core: { cloudStorage } } } },
} as unknown as AccountStores;
const root = { settings: { language: 'zh-CN' } } as unknown as RootStore;

function draw(messageType: number, attachment: object): string {
  const messages = [message({ messageType, attachment } as object)];
  return renderToStaticMarkup(
    <StoresProvider root={root}>
      <MediaGrid account={account} messages={messages} onTap={() => undefined} />
    </StoresProvider>,
  );
}

describe('the grid of pictures and videos', () => {
  const url = 'https://nos.example/a';

  test('asks for a small picture, and for the cover and length of a video', () => {
    const size = { width: 4000, height: 3000 };
    expect(draw(MessageType.IMAGE, { url, ...size })).toContain(`src="${url}?thumb"`);
    const video = draw(MessageType.VIDEO, { url, ...size, duration: 65_000 });
    expect(video).toContain(`src="${url}?cover"`);
    expect(video).toContain('01:05');
    expect(video).toContain('ariaLabel="视频"');
  });

  test('loads nothing for an attachment without an address on a server', () => {
    for (const attachment of [{}, { url: '/tmp/a.png' }, { url: 'http://tmp/a.png' }])
      expect(draw(MessageType.IMAGE, attachment)).not.toContain('<img');
  });
});
