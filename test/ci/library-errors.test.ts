import { problemOf } from '../../scripts/lib/ci/library-errors';

const INVALID_IP = '{"errCode":-10008,"errMsg":"invalid ip: 203.0.113.9, reference: https://…"}';

describe('an error of miniprogram-ci', () => {
  it.each([
    [20001, 'Error: getaddrinfo ENOTFOUND servicewechat.com', 20001, 3],
    [20001, 'Error: tunneling socket could not be established, statusCode=403', 20001, 3],
    [20003, 'Error: read ECONNRESET', 20001, 3],
    [
      20001,
      'Error: Client network socket disconnected before secure TLS connection was established',
      20001,
      3,
    ],
    [0, 'Error: timeout of 60000ms exceeded', 20001, 3],
    [20003, 'Error: <html><head><title>502 Bad Gateway</title></head></html>', 610022, 5],
    [20003, `Error: ${INVALID_IP}`, 610021, 4],
    [20001, 'Error: errCode: -10008; errMsg: invalid ip: 203.0.113.9', 610021, 4],
    [20003, 'Error: {"errCode":-10008,"errMsg":"access denied"}', 20002, 4],
    [20003, 'Error: {"errCode":-1,"errMsg":"get new ticket fail: innerCode: -80002"}', 20002, 4],
    [20002, 'generate local signature fail. Detail: Error: DECODER', 20002, 4],
    [20003, 'Error: generate local signature fail. Detail: Error: DECODER', 20002, 4],
    [20003, 'Error: {"errCode":-1,"errMsg":"system error"}', 610022, 5],
    [20003, 'Error: {"errCode":45009,"errMsg":"操作过于频繁"}', 610022, 5],
    [
      20003,
      'Error: {"errCode":80051,"errMsg":"source size 2100KB exceed max limit 2MB"}',
      610023,
      1,
    ],
    [20001, 'Error: errCode: 40013; errMsg: invalid appid', 610020, 4],
    [20003, 'Error: {"errCode":80082,"errMsg":"no permission"}', 20003, 4],
    [20003, 'SyntaxError: Unexpected token < in JSON at position 0', 20003, 4],
    [10005, 'app.json: pages/x/index.wxml not found', 610014, 1],
    [0, 'Cannot read properties of undefined', 610013, 6],
  ])('%i %s means %i, exit %i', (code, message, problem, exit) => {
    expect(problemOf(code, message)).toMatchObject({ code: problem, exit });
  });
});
