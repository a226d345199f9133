package localfile

// nonblock is nothing: opening a pipe of Windows does not wait.
const nonblock = 0
