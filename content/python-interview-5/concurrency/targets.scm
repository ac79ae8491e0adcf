; What has a card, special before general: for one construct the first pattern that holds and
; whose card has facts is shown.
