import { CiProblem } from './problems';

const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ESOCKETTIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|socket hang up|socket disconnected before|timeout of \d+ ?ms exceeded|tunneling socket|certificate|SSL routines/i;

/** The page of a proxy or gateway in front of WeChat, not WeChat's own answer. */
const GATEWAY = /<html[\s\S]*\b50[234]\b/i;

/** Numbers of miniprogram-ci for a package it cannot compile: files missing, JSON, encoding. */
const COMPILE = { from: 10_005, to: 10_099 };

/**
 * Finds the cause of an error of miniprogram-ci. Its numbers name the failed call and not the reason: both a refused IP
 * address and a broken network are 20001 or 20003.
 */
export function problemOf(code: number, message: string): CiProblem {
  const answer = serverAnswer(message);
  if (answer) return refusal(answer.errCode, answer.errMsg);
  if (GATEWAY.test(message)) return new CiProblem(610022, message);
  if (NETWORK.test(message)) return new CiProblem(20001, message);
  if (code === 20002 || /generate local signature fail/i.test(message))
    return new CiProblem(20002, message);
  if (code >= COMPILE.from && code <= COMPILE.to)
    return new CiProblem(610014, `${code} ${message}`);
  if (code === 20001) return new CiProblem(20001, message);
  if (code === 20003) return new CiProblem(20003, message);
  return new CiProblem(610013, message);
}

/** WeChat's own message, as JSON (upload) or as text (request for the random string). */
function serverAnswer(message: string): { errCode: number; errMsg: string } | undefined {
  const json = /\{.*"errCode".*\}/s.exec(message)?.[0];
  if (json !== undefined) {
    try {
      const { errCode, errMsg = '' } = JSON.parse(json) as { errCode: number; errMsg?: string };
      return { errCode, errMsg };
    } catch {
      return undefined;
    }
  }
  const text = /errCode: (-?\d+); errMsg: ([\s\S]*)/.exec(message);
  return text ? { errCode: Number(text[1]), errMsg: text[2] ?? '' } : undefined;
}

function refusal(errCode: number, errMsg: string): CiProblem {
  const words = `WeChat: ${errCode} ${errMsg}`;
  if (/invalid ip/i.test(errMsg)) return new CiProblem(610021, words);
  if (errCode === 80051 || /exceed max limit|too large/i.test(errMsg))
    return new CiProblem(610023, words);
  if (errCode === 40013 || /40013|invalid appid/i.test(errMsg)) return new CiProblem(610020, words);
  // "get new ticket fail: innerCode: -80002" and -10008 without an address: the key belongs to another app.
  if (/signature|get new ticket|private key/i.test(errMsg) || errCode === -10008)
    return new CiProblem(20002, words);
  if (/busy|frequen|system error|timeout|繁忙|频繁/i.test(errMsg))
    return new CiProblem(610022, words);
  return new CiProblem(20003, words);
}
