; What has a card, special before general.

; A mutable default, on the default.
((default_parameter value: (_) @range) @target
 (#set! card "mutable-default"))
((typed_default_parameter value: (_) @range) @target
 (#set! card "mutable-default"))
