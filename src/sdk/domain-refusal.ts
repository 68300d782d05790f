/** Recognises WeChat's error for a host that is on none of its lists, e.g. `request:fail url not in domain list`. */
export function isDomainRefusal(errMsg: string): boolean {
  return /not in domain list/i.test(errMsg);
}
