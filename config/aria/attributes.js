/**
 * Accessibility attributes that WeChat has and Taro's templates leave out: without them `ariaLabel` and
 * `ariaRole` cross to the view with every setData and end nowhere. Read by the template at build time
 * (index.js) and by the runtime (runtime.js); both number properties from the same table, so both need it.
 */
const aria = { 'aria-role': '', 'aria-label': '' };

module.exports = {
  View: aria,
  Textarea: { 'aria-label': '' },
  Input: { 'aria-label': '' },
  Switch: { 'aria-label': '' },
};
