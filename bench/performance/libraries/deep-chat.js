/** What a page loads for Deep Chat. */
import 'deep-chat';
