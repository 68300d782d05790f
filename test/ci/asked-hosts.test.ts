import { unlistedHosts } from '../../scripts/lib/asked-hosts';

it('knows each part of the emulator by the host it stands for', () => {
  const asked = [
    'request http://emulator/lbs',
    'request http://emulator/app',
    'request http://emulator/socket.io',
    'socket ws://emulator/socket.io',
    'uploadFile http://emulator/nos',
    'downloadFile http://emulator/nos',
    'request http://emulator/nos',
  ];
  expect(unlistedHosts(asked)).toEqual([]);
});

it('leaves to a kit what is the kit’s', () => {
  expect(
    unlistedHosts(['request http://emulator/room-server', 'socket ws://kit.example/x']),
  ).toEqual([]);
});

it.each([
  ['a part of the emulator that stands for nothing', 'request http://emulator/statistics'],
  ['the right part by the wrong way', 'uploadFile http://emulator/app'],
  ['a host that nobody entered', 'request https://statistic.live.126.net/dispatcher'],
  ['another port of a host that is', 'request https://chat.company.test:8443/config'],
  ['a link that no list has', 'socket wss://wlnimsc9.netease.im/socket.io'],
])('names %s', (_, line) => {
  expect(unlistedHosts([line])).toEqual([line]);
});

it('takes sockets on any port', () => {
  expect(unlistedHosts(['socket wss://wlnimsc0.netease.im:8443/socket.io'])).toEqual([]);
});
