; What has a card, special before general.

; V06, V07: on the function's name.
((call function: (_) @range) @target (#set! card "interpreter-call"))
; V09.
((call function: (_) @range) @target (#set! card "search-path"))
; V12.
((comment) @target (#set! card "shebang"))
; V14.
((subscript value: (_) @range) @target (#set! card "environment-object"))
((call function: (_) @range) @target (#set! card "environment-object"))
; V05, V06, V10, V16.
((attribute attribute: (identifier) @range) @target (#set! card "environment-object"))
((identifier) @target (#set! card "environment-object"))
