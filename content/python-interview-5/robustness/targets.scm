; What has a card, special before general.

; A mutable default, on the default.
((default_parameter value: (_) @range) @target
 (#set! card "mutable-default"))
((typed_default_parameter value: (_) @range) @target
 (#set! card "mutable-default"))

; I05: on the name of the method.
((call function: (attribute attribute: (identifier) @range)) @target
 (#any-of? @range "execute" "executemany" "executescript")
 (#set! card "execute"))
; I01, I02: on what is called.
((call function: (_) @range) @target (#set! card "http-request"))
((call function: (_) @range) @target (#set! card "http-client"))
