const attributes = require('./attributes');

/**
 * The elements of this build: WeChat's review asks for the licence of a product whose templates have `live-player`.
 * A function, because config/index.ts sets the value after Taro has loaded the plugins' files.
 */
module.exports = function usedElementsOf(livePlayer = process.env.PRODUCT_LIVE_PLAYER) {
  const { LivePlayer, ...used } = attributes;
  return livePlayer === 'live-player' ? { ...used, LivePlayer } : used;
};
