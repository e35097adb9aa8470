"""The shape of what people type about a plan; what it means is the services' business."""
