/** What product.config.json can switch off, with the pages that leave the package. */
module.exports = {
  rooms: ['packages/chatroom'],
  meetings: ['packages/meeting'],
  calls: ['packages/call'],
  search: ['packages/search'],
  favourites: ['packages/chat/favourites/index'],
  reminders: ['packages/chat/reminders/index'],
  devices: ['packages/devices'],
};
