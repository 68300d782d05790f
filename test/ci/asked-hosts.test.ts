import { unlistedHosts } from '../../scripts/lib/asked-hosts';

it('maps each part of the emulator to the host that the part replaces', () => {
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

it('ignores the hosts of a kit', () => {
  expect(
    unlistedHosts(['request http://emulator/room-server', 'socket ws://kit.example/x']),
  ).toEqual([]);
});

it.each([
  ['a part of the emulator without a real host', 'request http://emulator/statistics'],
  ['the right part through the wrong list', 'uploadFile http://emulator/app'],
  ['a host that is not in the list', 'request https://statistic.live.126.net/dispatcher'],
  ['another port of a listed host', 'request https://chat.company.test:8443/config'],
  ['a link that no list contains', 'socket wss://wlnimsc9.netease.im/socket.io'],
])('names %s', (_, line) => {
  expect(unlistedHosts([line])).toEqual([line]);
});

it('accepts sockets on any port', () => {
  expect(unlistedHosts(['socket wss://wlnimsc0.netease.im:8443/socket.io'])).toEqual([]);
});
