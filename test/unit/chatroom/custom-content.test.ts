import { likesIn } from '@/packages/chatroom/stores/custom-content';
import { readMessage } from '@/stores/messages/kinds';
import { customKind } from '@/stores/messages/kinds/custom';

const CUSTOM = 100;
const parseCustom = (raw: string | undefined) => customKind.parse({ attachment: { raw } });
const likesOf = (raw: string) => likesIn(readMessage({ messageType: CUSTOM, attachment: { raw } }));

describe('custom messages', () => {
  it('are parsed when they are JSON with a type', () => {
    expect(parseCustom('{"type":"gift","giftId":"rose"}')).toMatchObject({
      fields: { giftId: 'rose' },
    });
    for (const raw of [undefined, '', 'text', '1', '[]', '{}', '{"type":{}}'])
      expect(parseCustom(raw)).toBeNull();
    // The kits of the vendor have numeric types.
    expect(parseCustom('{"type":101}')).toMatchObject({ type: '101' });
  });

  it('with likes count at least one like each', () => {
    expect(likesOf('{"type":"like","count":3}')).toBe(3);
    expect(likesOf('{"type":"like"}')).toBe(1);
    expect(likesOf('{"type":"gift"}')).toBe(0);
  });
});
