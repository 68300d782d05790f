/** The custom kinds of chats and rooms. A product adds its own modules here (docs/how-to/message-kind.md). */
import './merged-body';
import './name-card-body';
import '../samples/order-card';
