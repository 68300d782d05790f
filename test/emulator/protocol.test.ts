import { decodeFrame } from '../../emulator/protocol/frame';
import { decodeRequest } from '../../emulator/protocol/packet';
import { packCode } from '../../emulator/protocol/reasons';
import { RequestItems } from '../../emulator/protocol/request-items';

describe('codes on the wire', () => {
  test.each([
    [200, 200],
    [302, 302],
    [101301, 1325],
    [102404, 1940],
    [107314, 4410],
    [113406, 7574],
    [137000, 19456],
    [138000, 20480],
    [189301, 46893],
  ])('public %i is %i for sid 26', (publicCode, wireCode) => {
    expect(packCode(26, publicCode)).toBe(wireCode);
    expect(packCode(18, publicCode)).toBe(wireCode);
  });

  test('other sids carry the public code as it is', () => {
    expect(packCode(7, 107314)).toBe(107314);
    expect(packCode(13, 113406)).toBe(113406);
  });
});

describe('frames', () => {
  test('message data may contain colons and line breaks', () => {
    expect(decodeFrame('3:::{"a":"b:c\\n"}\n')).toEqual({
      kind: 'message',
      data: '{"a":"b:c\\n"}\n',
    });
  });

  test('disconnect, heartbeat and other frames are distinguished', () => {
    expect(decodeFrame('0::')).toEqual({ kind: 'disconnect' });
    expect(decodeFrame('2::')).toEqual({ kind: 'heartbeat' });
    expect(decodeFrame('hello').kind).toBe('other');
    expect(decodeFrame('').kind).toBe('other');
  });
});

describe('requests', () => {
  test('items of a property array are unwrapped', () => {
    const request = decodeRequest(
      '{"SER":7,"SID":7,"CID":25,"Q":[{"t":"ArrayMable","v":[{"t":"Property","v":{"1":0,"2":"ben"}}]}]}',
    );
    expect(request).toMatchObject({ command: '7_25', ser: 7 });
    expect(new RequestItems(request?.items ?? []).properties(0)).toEqual([{ 1: 0, 2: 'ben' }]);
  });

  test.each(['', 'null', '[]', '{"SID":"x","CID":1}', '{"SID":1}'])(
    '%j is not a request',
    (json) => {
      expect(decodeRequest(json)).toBeUndefined();
    },
  );

  test('items of the wrong type give neutral values', () => {
    const items = new RequestItems([{ a: 1 }, 'x', null]);
    expect(items.string(0)).toBe('');
    expect(items.number(1)).toBe(0);
    expect(items.strings(2)).toEqual([]);
    expect(items.property(1)).toEqual({});
    expect(items.bool(9)).toBe(false);
  });
});
