/** Version of the requests, replies and events below. A page and a host with different numbers refuse each other. */
export const CONTRACT_VERSION = 1

/** Header that carries {@link CONTRACT_VERSION} on every HTTP request of the page. */
export const CONTRACT_HEADER = 'x-sina-contract'

/** Number of the safety statement that a person accepts at the first run; raised when its meaning changes. */
export const SAFETY_VERSION = 1
