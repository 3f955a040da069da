// Warns before a page with unsaved answers is left by anything but its own buttons.
const form = document.querySelector('main form')
let unsaved = false

form?.addEventListener('input', () => { unsaved = true })
form?.addEventListener('submit', () => { unsaved = false })
window.addEventListener('beforeunload', (event) => {
  if (unsaved) event.preventDefault()
})
